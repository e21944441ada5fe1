/** A command that is started, watched and started again. */
package org.candor.source.crash.command;
