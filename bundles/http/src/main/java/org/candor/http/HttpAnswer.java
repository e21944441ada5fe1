package org.candor.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;

/**
 * An answer.
 *
 * @param status of the HTTP status line
 * @param headers by lower-case name
 * @param body decoded, and cut at {@link #BODY_LIMIT}
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, Bytes body) {

  /** Bytes of a body that are kept. */
  public static final int BODY_LIMIT = 64 * 1024;

  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }
}
