/** The description of all that HTTP offers. */
package org.candor.rest.describe;
