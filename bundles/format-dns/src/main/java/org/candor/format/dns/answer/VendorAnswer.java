package org.candor.format.dns.answer;

import java.time.Instant;
import java.util.Optional;

/**
 * Upgrade advice: what a vendor says about one version, or about all that it does not list.
 *
 * @param product of which it speaks
 * @param version about which; empty for the default, which speaks of every version not listed
 * @param newest the newest version
 * @param urgency of an upgrade from that version; in the default: from each that is older than the
 *     newest
 * @param url where to read on; empty when there is nothing to read
 * @param issuedAt when the vendor said so
 * @param expiresAt until when it holds
 */
public record VendorAnswer(
    String product,
    Optional<String> version,
    String newest,
    Urgency urgency,
    String url,
    Instant issuedAt,
    Instant expiresAt) {}
