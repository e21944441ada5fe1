package org.candor.source.kubernetes.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.HttpTransport;
import org.candor.source.kubernetes.json.Json;
import org.candor.source.kubernetes.json.JsonFormatException;
import org.candor.source.kubernetes.json.Lines;

/**
 * Asks one API server, and tells the reasons apart for which there is no answer. The token is read
 * for each request. Safe for several threads; calls block.
 */
public final class Client {

  private final HttpTransport transport;
  private final Access access;

  public Client(HttpTransport transport, Access access) {
    this.transport = transport;
    this.access = access;
  }

  /** Reads a document from its first token to its last. */
  @FunctionalInterface
  public interface Document<T> {
    T read(Json json) throws IOException;
  }

  /** Follows lines for as long as they come. */
  @FunctionalInterface
  public interface Following<T> {
    T read(Lines lines) throws IOException, SourceException;
  }

  /**
   * Asks for a JSON document.
   *
   * @param path as it stands in a request line
   * @throws StatusException when the answer's status is not 2xx
   * @throws SourceException with what was asked and what was wrong
   */
  public <T> T ask(String path, Deadline deadline, Document<T> document) throws SourceException {
    HttpCall call = call(path);
    return make(call, () -> transport.stream(call, deadline, body -> read(body, document)));
  }

  /**
   * Asks for lines that come until the deadline.
   *
   * @param following is called when the answer has begun
   * @throws StatusException as above
   * @throws SourceException as above, or as {@code following} throws it
   */
  public <T> T follow(String path, Deadline deadline, Following<T> following)
      throws SourceException {
    HttpCall call = call(path).withLastingAnswer();
    return make(
        call,
        () ->
            transport.stream(
                call,
                deadline,
                body -> {
                  try {
                    return following.read(new Lines(body));
                  } catch (SourceException e) {
                    throw new Carried(e);
                  }
                }));
  }

  private HttpCall call(String path) throws SourceException {
    HttpCall call = HttpCall.get(uri(path)).with("Accept", "application/json");
    if (access.tokenFile().isPresent()) {
      call = call.with("Authorization", new TokenFile(access.tokenFile().get()).bearer());
    }
    return access.caFile().map(call::trusting).orElse(call);
  }

  private URI uri(String path) {
    return access.at(path);
  }

  private <T> T make(HttpCall call, Exchange<T> exchange) throws SourceException {
    try {
      return exchange.make();
    } catch (Carried e) {
      throw e.carried();
    } catch (HttpStatusException e) {
      throw refused(call, e.status());
    } catch (JsonFormatException e) {
      throw failure(FailureReason.MALFORMED, call, "not the JSON that it should be: ", e);
    } catch (SocketTimeoutException e) {
      throw failure(FailureReason.TIMEOUT, call, "no answer, or not all of it, in time", e);
    } catch (InterruptedIOException e) {
      throw failure(FailureReason.TIMEOUT, call, "given up", e);
    } catch (IOException e) {
      throw failure(FailureReason.UNREACHABLE, call, "no answer, or not all of it: ", e);
    }
  }

  private static <T> T read(InputStream body, Document<T> document) throws IOException {
    Json json = new Json(body);
    T value = document.read(json);
    json.end();
    return value;
  }

  // Without the answer's own words: a server may repeat what it was sent, a token too.
  private StatusException refused(HttpCall call, int status) {
    String hint =
        switch (status) {
          case 401 -> "; check tokenFile: " + token();
          case 403 -> "; the service account may not do this, and needs get, list and watch";
          case 404 ->
              "; there is no such thing here: check specKind, and that its definition is"
                  + " installed in this cluster";
          default -> "";
        };
    return new StatusException(status, asked(call) + "answered " + status + hint + ".");
  }

  private String token() {
    return access.tokenFile().map(file -> file + " is not accepted").orElse("no token was sent");
  }

  private static SourceException failure(
      FailureReason reason, HttpCall call, String what, IOException cause) {
    String detail =
        what.endsWith(": ")
            ? what + (cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage())
            : what;
    return new SourceException(reason, asked(call) + detail + ".", cause);
  }

  private static String asked(HttpCall call) {
    return call.method() + " " + call.target() + ": ";
  }

  @FunctionalInterface
  private interface Exchange<T> {
    T make() throws IOException;
  }

  /** Carries a source's exception through the transport as it is. */
  private static final class Carried extends IOException {

    private static final long serialVersionUID = 1L;

    private final SourceException carried;

    Carried(SourceException carried) {
      super(carried);
      this.carried = carried;
    }

    SourceException carried() {
      return carried;
    }
  }
}
