package org.candor.http.server;

import com.sun.net.httpserver.Headers;
import java.net.URI;

/**
 * Head of an HTTP/1 request (RFC 9112).
 *
 * @param method as it was sent
 * @param target path and query
 * @param persistent whether the client may ask again on this connection; not with HTTP/1.0
 * @param headers by name
 * @param framing where the body ends
 */
record RequestHead(
    String method, URI target, boolean persistent, Headers headers, BodyFraming framing) {

  String protocol() {
    return persistent ? "HTTP/1.1" : "HTTP/1.0";
  }

  boolean wantsToClose() {
    return !persistent
        || headers.getOrDefault("Connection", java.util.List.of()).stream()
            .flatMap(value -> java.util.Arrays.stream(value.split(",")))
            .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  boolean awaitsContinue() {
    return persistent && "100-continue".equalsIgnoreCase(headers.getFirst("Expect"));
  }
}
