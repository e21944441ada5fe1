package org.candor.api.sink;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;

/**
 * An endpoint's answer to one payload.
 *
 * @param outcome {@link Outcome#DELIVERED}, {@link Outcome#RETRY} or {@link Outcome#REFUSED}
 * @param answer what the endpoint said, or why it could not be asked; shown to the administrator
 * @param pause how long the endpoint wants to be left alone by this channel; may come with any
 *     outcome
 * @param limits how long the endpoint wants no messages of a category, as {@link
 *     TransportSink#category} tells them apart, through whatever channel; under the empty category
 *     none at all. They last through a restart, and of two for one category the longer counts.
 * @param reply what the endpoint sent back for the formatter to read, such as news of an upgrade;
 *     comes with {@link Outcome#DELIVERED} only
 * @param rest how long the sink would leave the endpoint alone, without anybody there asking for
 *     it: as {@code pause}, but who asks for a report need not wait. Of both, {@code pause} counts.
 * @param advice what is wrong although the endpoint has the message, and what to do about it, in
 *     one sentence; empty when all is well. The message is not sent again, and the channel shows
 *     this until an answer comes without. Comes with {@link Outcome#DELIVERED} only
 */
public record Receipt(
    Outcome outcome,
    String answer,
    Optional<Duration> pause,
    Map<String, Duration> limits,
    Optional<Bytes> reply,
    Optional<Duration> rest,
    String advice) {

  public Receipt {
    limits = Map.copyOf(limits);
  }

  public static Receipt delivered(String answer) {
    return of(Outcome.DELIVERED, answer);
  }

  public static Receipt retry(String answer) {
    return of(Outcome.RETRY, answer);
  }

  public static Receipt refused(String answer) {
    return of(Outcome.REFUSED, answer);
  }

  private static Receipt of(Outcome outcome, String answer) {
    return new Receipt(
        outcome, answer, Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), "");
  }

  /** The same answer with a wish to be left alone. */
  public Receipt pausing(Duration time) {
    return new Receipt(outcome, answer, Optional.of(time), limits, reply, rest, advice);
  }

  /** The same answer with wishes for categories, and no other. */
  public Receipt limiting(Map<String, Duration> categories) {
    return new Receipt(outcome, answer, Optional.empty(), categories, reply, rest, advice);
  }

  /** The same answer with what the endpoint sent back. */
  public Receipt replying(Bytes content) {
    return new Receipt(outcome, answer, pause, limits, Optional.of(content), rest, advice);
  }

  /** The same answer, with a time to leave the endpoint alone of the sink's own. */
  public Receipt resting(Duration time) {
    return new Receipt(outcome, answer, pause, limits, reply, Optional.of(time), advice);
  }

  /** The same answer, which is of no use. */
  public Receipt advising(String text) {
    return new Receipt(outcome, answer, pause, limits, reply, rest, text);
  }
}
