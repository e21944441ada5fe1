/** The features of this build. */
package org.candor.core.feature;
