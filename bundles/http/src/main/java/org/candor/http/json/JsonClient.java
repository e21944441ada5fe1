package org.candor.http.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.function.IntFunction;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpStatusException;
import org.candor.http.HttpTransport;

/**
 * Asks for answers that are JSON, and tells the reasons apart for which there is none: in each
 * failure's message what was asked and what was wrong, and nothing of what the answer said, since a
 * server may repeat what it was sent, a password too.
 *
 * <p>Safe for several threads; calls block, as those of {@link HttpTransport} do.
 */
public final class JsonClient {

  private final HttpTransport transport;
  private final IntFunction<String> hints;

  public JsonClient(HttpTransport transport) {
    this(transport, status -> "");
  }

  /**
   * @param hints for an answer's status what to check; empty for nothing
   */
  public JsonClient(HttpTransport transport, IntFunction<String> hints) {
    this.transport = transport;
    this.hints = hints;
  }

  /** Reads an answer's body. What it throws as a {@link SourceException} is thrown on as it is. */
  @FunctionalInterface
  public interface BodyReader<T> {
    T read(InputStream body) throws IOException, SourceException;
  }

  /**
   * Asks for an answer that may be large, and reads it as it comes.
   *
   * @param reader is called when a 2xx answer has begun
   * @return what the reader returned
   * @throws StatusException when the answer's status is not 2xx
   * @throws SourceException when there was no answer, or none that could be read
   */
  public <T> T ask(HttpCall call, Deadline deadline, BodyReader<T> reader) throws SourceException {
    return make(call, () -> transport.stream(call, deadline, body -> carry(body, reader)));
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

  /**
   * Reads the body of an answer that is all there.
   *
   * @param call to which it was the answer
   * @throws SourceException when it cannot be read
   */
  public <T> T read(HttpCall call, HttpAnswer answer, BodyReader<T> reader) throws SourceException {
    return make(call, () -> carry(new ByteArrayInputStream(answer.body().toArray()), reader));
  }

  private <T> T make(HttpCall call, Exchange<T> exchange) throws SourceException {
    try {
      return exchange.make();
    } catch (Carried e) {
      throw e.carried();
    } catch (HttpStatusException e) {
      throw refused(call, e.status());
    } catch (JsonFormatException e) {
      throw failure(FailureReason.MALFORMED, call, "not the expected JSON: " + said(e), e);
    } catch (SocketTimeoutException e) {
      throw failure(FailureReason.TIMEOUT, call, "no answer, or not all of it, in time", e);
    } catch (InterruptedIOException e) {
      throw failure(FailureReason.TIMEOUT, call, "cancelled", e);
    } catch (IOException e) {
      throw failure(FailureReason.UNREACHABLE, call, "no answer, or not all of it: " + said(e), e);
    }
  }

  private static <T> T carry(InputStream body, BodyReader<T> reader) throws IOException {
    try {
      return reader.read(body);
    } catch (SourceException e) {
      throw new Carried(e);
    }
  }

  private StatusException refused(HttpCall call, int status) {
    String hint = hints.apply(status);
    return new StatusException(
        status, asked(call) + "answered " + status + (hint.isEmpty() ? "" : "; " + hint) + ".");
  }

  private static SourceException failure(
      FailureReason reason, HttpCall call, String what, IOException cause) {
    return new SourceException(reason, asked(call) + what + ".", cause);
  }

  private static String asked(HttpCall call) {
    return call.method() + " " + call.target() + ": ";
  }

  private static String said(IOException failure) {
    return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
  }

  @FunctionalInterface
  private interface Exchange<T> {
    T make() throws IOException;
  }

  /** Carries a reader's exception through the transport as it is. */
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
