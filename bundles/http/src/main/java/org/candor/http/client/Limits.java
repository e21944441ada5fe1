package org.candor.http.client;

import java.time.Duration;

/**
 * How long an exchange may take.
 *
 * @param connect for one address, TLS handshake included or not
 * @param request for everything
 */
record Limits(Duration connect, Duration request) {}
