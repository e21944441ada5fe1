/** Service ranking: which of several services of one name counts. */
package org.candor.core.ranking;
