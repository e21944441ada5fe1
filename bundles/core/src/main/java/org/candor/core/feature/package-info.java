/** Feature lookup: the features of this build and what each brings. */
package org.candor.core.feature;
