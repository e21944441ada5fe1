package org.candor.core.outbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.candor.api.sink.Outcome;

/**
 * What a channel must not forget when the process ends.
 *
 * @param since when the channel was first seen
 * @param lastReport when it last made a report
 * @param lastDelivery when the endpoint last took something
 * @param lastOutcome how the last attempt ended
 * @param lastAnswer what the endpoint said then
 * @param pause when the endpoint may be asked again, if it is to be left alone
 * @param replyProblem why the last answer is not valid; empty when it is
 * @param offSince when the owner said no; empty while the answer is not no
 * @param bytesSinceOff bytes of the attempts that began while the owner's answer was no; counted
 *     anew with every no
 * @param lastCrash number of the last crash that the channel reported or passed over
 * @param lost messages that will not be delivered, by reason
 */
public record ChannelMemory(
    Instant since,
    Optional<Instant> lastReport,
    Optional<Instant> lastDelivery,
    Optional<Outcome> lastOutcome,
    String lastAnswer,
    Optional<Pause> pause,
    Optional<ReplyProblem> replyProblem,
    Optional<Instant> offSince,
    long bytesSinceOff,
    long lastCrash,
    Map<String, Long> lost) {

  public ChannelMemory {
    lost = Map.copyOf(lost);
  }

  public static ChannelMemory begun(Instant since) {
    return new ChannelMemory(
        since,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        since.toEpochMilli(),
        Map.of());
  }

  public ChannelMemory reported(Instant at) {
    return with(draft -> draft.lastReport = Optional.of(at));
  }

  /** Begun anew: which crashes it has reported is not known. */
  ChannelMemory knowingNoCrash() {
    return with(draft -> draft.lastCrash = 0);
  }

  /** All crashes up to this number need nothing more of the channel. */
  public ChannelMemory passed(long crash) {
    return with(draft -> draft.lastCrash = Math.max(lastCrash, crash));
  }

  /** An attempt ended. */
  public ChannelMemory answered(Instant at, Outcome outcome, String answer, Optional<Pause> pause) {
    return with(
        draft -> {
          draft.lastDelivery = outcome == Outcome.DELIVERED ? Optional.of(at) : lastDelivery;
          draft.lastOutcome = Optional.of(outcome);
          draft.lastAnswer = answer;
          draft.pause = pause;
        });
  }

  /** What the endpoint answered is not valid, or valid again. */
  public ChannelMemory withReplyProblem(Optional<ReplyProblem> why) {
    return with(draft -> draft.replyProblem = why);
  }

  /** An attempt was made. */
  public ChannelMemory attempted(Instant at, long bytes) {
    boolean forbidden = offSince.filter(since -> !at.isBefore(since)).isPresent();
    return forbidden ? off(offSince, bytesSinceOff + bytes) : this;
  }

  /** The owner said no: from now on not a byte. */
  public ChannelMemory switchedOff(Instant at) {
    return offSince.isPresent() ? this : off(Optional.of(at), 0);
  }

  /** The owner's answer is no longer no. */
  public ChannelMemory switchedOn() {
    return offSince.isEmpty() ? this : off(Optional.empty(), bytesSinceOff);
  }

  private ChannelMemory off(Optional<Instant> at, long bytes) {
    return with(
        draft -> {
          draft.offSince = at;
          draft.bytesSinceOff = bytes;
        });
  }

  /** After the clock was set back: what lies in the future would stop the reports until then. */
  public ChannelMemory notAfter(Instant now) {
    return with(
        draft -> {
          draft.since = earlier(since, now);
          draft.lastReport = lastReport.map(at -> earlier(at, now));
          draft.offSince = offSince.map(at -> earlier(at, now));
        });
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isAfter(other) ? other : one;
  }

  public ChannelMemory lost(String reason, long count) {
    if (count == 0) {
      return this;
    }
    Map<String, Long> more = new TreeMap<>(lost);
    more.merge(reason, count, Long::sum);
    return with(draft -> draft.lost = more);
  }

  private ChannelMemory with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** The next value, while it is made. */
  private static final class Draft {

    private Instant since;
    private Optional<Instant> lastReport;
    private Optional<Instant> lastDelivery;
    private Optional<Outcome> lastOutcome;
    private String lastAnswer;
    private Optional<Pause> pause;
    private Optional<ReplyProblem> replyProblem;
    private Optional<Instant> offSince;
    private long bytesSinceOff;
    private long lastCrash;
    private Map<String, Long> lost;

    private Draft(ChannelMemory from) {
      since = from.since;
      lastReport = from.lastReport;
      lastDelivery = from.lastDelivery;
      lastOutcome = from.lastOutcome;
      lastAnswer = from.lastAnswer;
      pause = from.pause;
      replyProblem = from.replyProblem;
      offSince = from.offSince;
      bytesSinceOff = from.bytesSinceOff;
      lastCrash = from.lastCrash;
      lost = from.lost;
    }

    private ChannelMemory done() {
      return new ChannelMemory(
          since,
          lastReport,
          lastDelivery,
          lastOutcome,
          lastAnswer,
          pause,
          replyProblem,
          offSince,
          bytesSinceOff,
          lastCrash,
          lost);
    }
  }
}
