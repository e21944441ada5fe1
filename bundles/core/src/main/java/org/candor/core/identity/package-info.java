/** Installation identity in the reports: ids, pseudonymization, clone detection. */
package org.candor.core.identity;
