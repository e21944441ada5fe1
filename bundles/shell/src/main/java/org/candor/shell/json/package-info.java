/** The JSON that commands print for scripts. */
package org.candor.shell.json;
