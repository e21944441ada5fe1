package org.candor.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.Bytes;

/**
 * A request.
 *
 * @param method such as {@code GET}
 * @param target absolute, http or https
 * @param headers in order; the body's type is one of them
 * @param body empty for none
 * @param gzip whether to compress the body
 * @param caFile PEM file of authorities that this call trusts besides those that all calls trust;
 *     read when the connection is made
 * @param lasting whether the answer may go on until the deadline: the request time-out then bounds
 *     the time up to its first byte only
 */
public record HttpCall(
    String method,
    URI target,
    List<Header> headers,
    Optional<Bytes> body,
    boolean gzip,
    Optional<Path> caFile,
    boolean lasting) {

  public HttpCall {
    headers = List.copyOf(headers);
  }

  public static HttpCall get(URI target) {
    return new HttpCall("GET", target, List.of(), Optional.empty(), false, Optional.empty(), false);
  }

  public static HttpCall post(URI target, String contentType, Bytes body) {
    return new HttpCall(
        "POST",
        target,
        List.of(new Header("Content-Type", contentType)),
        Optional.of(body),
        false,
        Optional.empty(),
        false);
  }

  /** The same request with one more header. */
  public HttpCall with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new HttpCall(method, target, more, body, gzip, caFile, lasting);
  }

  /** The same request with its body compressed on the wire. */
  public HttpCall gzipped() {
    return new HttpCall(method, target, headers, body, true, caFile, lasting);
  }

  /** The same request to a server whose certificate may be signed by an authority of this file. */
  public HttpCall trusting(Path authorities) {
    return new HttpCall(method, target, headers, body, gzip, Optional.of(authorities), lasting);
  }

  /** The same request for an answer that goes on for as long as the deadline lets it. */
  public HttpCall withLastingAnswer() {
    return new HttpCall(method, target, headers, body, gzip, caFile, true);
  }

  /** A header of a request. */
  public record Header(String name, String value) {}
}
