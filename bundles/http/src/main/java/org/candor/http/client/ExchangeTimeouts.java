package org.candor.http.client;

import java.time.Duration;

/**
 * Time-outs: how long an exchange may take.
 *
 * @param connect for a connection to one address, and as much again for its TLS handshake
 * @param request for everything
 */
record ExchangeTimeouts(Duration connect, Duration request) {}
