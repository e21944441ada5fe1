/** A bundle that the tests install to see what others leave behind. */
package org.candor.itest.probe;
