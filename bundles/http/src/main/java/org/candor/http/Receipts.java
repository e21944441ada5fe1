package org.candor.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.candor.api.sink.Receipt;
import org.candor.api.text.PlainText;

/**
 * Says what the end of an exchange means for the payload it carried.
 *
 * <ul>
 *   <li>2xx: delivered.
 *   <li>408, 429, 5xx: retry, after the pause that {@code Retry-After} asks for, a day at most.
 *   <li>Any other 4xx: refused; the endpoint judged the payload, and will judge it alike again.
 *   <li>3xx, and whatever else is no final answer: retry, after the same pause. It tells of the
 *       address, not of the payload: the endpoint moved, or a captive portal stands in the way. A
 *       redirect is never followed, because it would send data where the owner did not say; the
 *       payload waits until the address is mended.
 *   <li>No answer: retry.
 * </ul>
 *
 * <p>The texts hold no control characters and at most 500 characters of what the endpoint said.
 * Safe for several threads.
 */
public final class Receipts {

  private final RetryAfter retryAfter;

  /**
   * @param clock for a {@code Retry-After} that is a date
   */
  public Receipts(Clock clock) {
    this.retryAfter = new RetryAfter(clock);
  }

  /** What an answer means. */
  public Receipt of(HttpAnswer answer) {
    int status = answer.status();
    String said = said(answer);
    if (status / 100 == 2) {
      return Receipt.delivered(said);
    }
    if (status / 100 == 4 && status != 408 && status != 429) {
      return Receipt.refused(said);
    }
    Receipt retry = Receipt.retry(status / 100 == 3 ? redirect(answer) : said);
    return pause(answer).map(retry::pausing).orElse(retry);
  }

  /** What it means that there was no answer. */
  public Receipt of(IOException failure) {
    String text = PlainText.line(Optional.ofNullable(failure.getMessage()).orElse(""));
    return Receipt.retry(text.isEmpty() ? failure.getClass().getSimpleName() : text);
  }

  private static String said(HttpAnswer answer) {
    String text = PlainText.line(answer.body().utf8());
    return "HTTP " + answer.status() + (text.isEmpty() ? "" : ": " + text);
  }

  private static String redirect(HttpAnswer answer) {
    return "HTTP "
        + answer.status()
        + ": a redirect"
        + answer.header("Location").flatMap(Receipts::place).map(to -> " to " + to).orElse("")
        + ", which is not followed; correct the endpoint if it has moved";
  }

  // Neither user nor query: they may hold a credential.
  private static Optional<String> place(String location) {
    try {
      URI uri = new URI(location.strip());
      String host = uri.getHost() == null ? "" : uri.getScheme() + "://" + uri.getHost();
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      return Optional.of(PlainText.line(host + port + path)).filter(to -> !to.isEmpty());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<Duration> pause(HttpAnswer answer) {
    return answer.header("Retry-After").flatMap(retryAfter::pause);
  }
}
