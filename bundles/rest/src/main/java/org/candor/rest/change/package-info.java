/** Telling pages and scripts when it is worth reading again. */
package org.candor.rest.change;
