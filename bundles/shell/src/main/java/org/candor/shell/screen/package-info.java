/** Tables, colours and times for people. */
package org.candor.shell.screen;
