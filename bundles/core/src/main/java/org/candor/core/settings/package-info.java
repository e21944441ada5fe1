/** Configuration files that core itself writes. */
package org.candor.core.settings;
