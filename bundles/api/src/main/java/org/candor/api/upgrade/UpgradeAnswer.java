package org.candor.api.upgrade;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What a vendor answers to the question for a newer version. Every text was checked: it is short
 * and printable, and the link leads to a web page.
 *
 * @param product of which it speaks
 * @param running the version that was asked about, as the answer names it
 * @param newest the newest version
 * @param severity what that means for the running version
 * @param link where to read on
 * @param issuedAt when the vendor said so
 * @param expiresAt until when it holds
 * @param signed whether the vendor's signature was checked and is right
 */
public record UpgradeAnswer(
    String product,
    String running,
    String newest,
    Severity severity,
    Optional<URI> link,
    Instant issuedAt,
    Instant expiresAt,
    boolean signed) {}
