package org.candor.http;

import java.io.IOException;
import java.io.InputStream;
import org.candor.api.Deadline;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes HTTP exchanges under the time-outs, TLS and proxy settings of {@code
 * etc/org.candor.http.cfg}. Redirects are not followed. Safe for several threads; calls block until
 * the answer, the request time-out, the deadline or its cancellation, whichever is first.
 */
@ProviderType
public interface HttpTransport {

  /**
   * Makes an exchange whose answer is small.
   *
   * @return the answer, whatever its status; its body is cut at {@link HttpAnswer#BODY_LIMIT}
   * @throws java.net.SocketTimeoutException when the time was over
   * @throws java.io.InterruptedIOException when the deadline was cancelled
   * @throws IOException when there was no answer
   */
  HttpAnswer exchange(HttpCall call, Deadline deadline) throws IOException;

  /**
   * Makes an exchange whose answer may be large, and reads it as a stream.
   *
   * @param reader gets the decoded body of a 2xx answer; the stream is closed after it
   * @return what the reader returned
   * @throws HttpStatusException when the answer's status is not 2xx
   * @throws IOException as above, or as the reader throws it
   */
  <T> T stream(HttpCall call, Deadline deadline, BodyReader<T> reader) throws IOException;

  /** Reads a body from its stream. */
  @FunctionalInterface
  interface BodyReader<T> {
    T read(InputStream body) throws IOException;
  }
}
