package org.candor.source.dcos;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.HttpTransport;
import org.candor.source.dcos.json.JsonFormatException;
import org.candor.source.dcos.json.JsonScanner;

/** Asks for one JSON document, and tells the reasons apart for which there is none. */
final class JsonClient {

  private final HttpTransport transport;

  JsonClient(HttpTransport transport) {
    this.transport = transport;
  }

  /**
   * @param document reads all of the document
   * @throws SourceException with what was asked and what was wrong
   */
  <T> T ask(HttpCall call, Deadline deadline, Document<T> document) throws SourceException {
    try {
      return transport.stream(call, deadline, body -> read(body, document));
    } catch (HttpStatusException e) {
      throw failure(FailureReason.REFUSED, call, "answered " + e.status(), e);
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
    JsonScanner json = new JsonScanner(body);
    T value = document.read(json);
    json.end();
    return value;
  }

  private static SourceException failure(
      FailureReason reason, HttpCall call, String what, IOException cause) {
    String detail =
        what.endsWith(": ")
            ? what + (cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage())
            : what;
    return new SourceException(
        reason, call.method() + " " + call.target() + ": " + detail + ".", cause);
  }

  /** Reads a document from its first token to its last. */
  @FunctionalInterface
  interface Document<T> {
    T read(JsonScanner json) throws IOException;
  }
}
