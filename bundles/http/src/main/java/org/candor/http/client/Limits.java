package org.candor.http.client;

import java.time.Duration;

/**
 * How long an exchange may take.
 *
 * @param connect for a connection to one address, and as much again for its TLS handshake
 * @param request for everything
 */
record Limits(Duration connect, Duration request) {}
