package org.candor.receiver;

import com.sun.net.httpserver.Headers;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a client asks.
 *
 * @param headers of any case
 * @param body as it comes over the wire
 */
record Request(Headers headers, InputStream body) {

  /** The first header of a name; empty when there is none or it says nothing. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
