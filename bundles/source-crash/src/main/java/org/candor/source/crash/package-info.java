/** Notices processes that died: signal, exit code, core dump. */
package org.candor.source.crash;
