/** Stock DNS servers that serve a zone file of ours. */
package org.candor.format.dns.peer;
