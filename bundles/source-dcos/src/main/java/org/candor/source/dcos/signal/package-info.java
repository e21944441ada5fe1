/** What dcos-signal's configuration and DC/OS's version file say. */
package org.candor.source.dcos.signal;
