package org.candor.source.storageos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.HttpTransport;
import org.candor.source.storageos.json.Json;
import org.candor.source.storageos.json.JsonFormatException;

/** Asks a cluster, and tells the reasons apart for which there is no answer. */
public final class Client {

  private final HttpTransport transport;

  public Client(HttpTransport transport) {
    this.transport = transport;
  }

  /** Reads a document from its first token to its last. */
  @FunctionalInterface
  public interface Document<T> {
    T read(Json json) throws IOException;
  }

  /**
   * Asks for a JSON document.
   *
   * @throws StatusException when the answer's status is not 2xx
   * @throws SourceException with what was asked and what was wrong
   */
  public <T> T ask(HttpCall call, Deadline deadline, Document<T> document) throws SourceException {
    return make(call, () -> transport.stream(call, deadline, body -> read(body, document)));
  }

  /**
   * Asks for a small answer and its headers.
   *
   * @throws StatusException as above
   * @throws SourceException as above
   */
  public HttpAnswer exchange(HttpCall call, Deadline deadline) throws SourceException {
    HttpAnswer answer = make(call, () -> transport.exchange(call, deadline));
    if (answer.status() / 100 != 2) {
      throw refused(call, answer.status());
    }
    return answer;
  }

  /** Reads a document that is all there. */
  public <T> T read(HttpCall call, InputStream body, Document<T> document) throws SourceException {
    return make(call, () -> read(body, document));
  }

  private static <T> T make(HttpCall call, Exchange<T> exchange) throws SourceException {
    try {
      return exchange.make();
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

  // Without the answer's own words: a server may repeat what it was sent, a password too.
  private static StatusException refused(HttpCall call, int status) {
    String hint =
        switch (status) {
          case StatusException.UNAUTHORISED -> "; check username and password";
          case 403 -> "; the user may not read this";
          case StatusException.NOT_FOUND -> "; check apiUrl and api";
          default -> "";
        };
    return new StatusException(status, asked(call) + "answered " + status + hint + ".");
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
}
