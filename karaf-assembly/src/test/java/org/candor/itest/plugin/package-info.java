/** A bundle of plug-ins that a Karaf under test installs, several times over. */
package org.candor.itest.plugin;
