package org.candor.http.server;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a request's body ends (RFC 9112, 6). Whatever two servers could read in two ways is
 * refused, so that nobody can hide a request in another one's body (request smuggling).
 *
 * @param chunked whether the body says itself where it ends
 * @param length in bytes, when it does not
 */
record BodyFraming(boolean chunked, long length) {

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  /**
   * @param persistent whether the request is of HTTP/1.1
   */
  static BodyFraming of(Headers headers, boolean persistent) throws BadRequestException {
    List<String> lengths = headers.getOrDefault("Content-Length", List.of());
    List<String> codings = headers.getOrDefault("Transfer-Encoding", List.of());
    if (codings.isEmpty()) {
      return new BodyFraming(false, length(lengths));
    }
    if (!lengths.isEmpty() || !persistent) {
      throw new BadRequestException(
          "A request with Transfer-Encoding is of HTTP/1.1 and has no Content-Length.");
    }
    if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
      throw new BadRequestException(501, "Transfer-Encoding can be chunked only.");
    }
    return new BodyFraming(true, 0);
  }

  private static long length(List<String> lengths) throws BadRequestException {
    if (lengths.isEmpty()) {
      return 0;
    }
    if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
      throw new BadRequestException("Content-Length is one number of digits.");
    }
    return Long.parseLong(lengths.get(0));
  }

  boolean isEmpty() {
    return !chunked && length == 0;
  }
}
