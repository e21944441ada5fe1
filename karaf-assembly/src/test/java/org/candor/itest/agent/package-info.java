/** A bundle that every Karaf of the tests starts with: its shell, without a network. */
package org.candor.itest.agent;
