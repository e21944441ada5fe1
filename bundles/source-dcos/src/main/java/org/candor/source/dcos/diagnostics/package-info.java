/** The report of dcos-diagnostics. */
package org.candor.source.dcos.diagnostics;
