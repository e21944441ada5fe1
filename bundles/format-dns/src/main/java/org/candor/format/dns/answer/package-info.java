/**
 * What a vendor answers, as text for a TXT record: writing, signing and reading it.
 *
 * <p>What the vendor's side needs of this knows nothing of OSGi or of Candor's api, so that it runs
 * from the command line too.
 */
package org.candor.format.dns.answer;
