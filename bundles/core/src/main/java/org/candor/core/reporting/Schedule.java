package org.candor.core.reporting;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.candor.api.Bytes;

/**
 * When a channel reports: at its own moment in every interval. The moment follows from the
 * cluster's id and the channel's name, so that clusters spread evenly over the interval and each
 * stays where it is. A moment that was missed, because the machine was off or the sink not there,
 * is made up for within a sixteenth of the interval, spread the same way, unless the next moment is
 * as near as an eighth.
 */
record Schedule(Duration interval, Duration phase) {

  static Schedule of(Duration interval, String clusterId, String channel) {
    byte[] digest = HexFormat.of().parseHex(Bytes.utf8(clusterId + "/" + channel).sha256());
    long spread = ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
    return new Schedule(interval, Duration.ofMillis(spread % interval.toMillis()));
  }

  /**
   * When the next report is due.
   *
   * @param last when the last one was made; when the channel was first seen, if none was
   * @param ready since when the channel has been able to report
   */
  Instant next(Instant last, Instant ready) {
    return orMadeUpFor(firstMomentAfter(last), ready);
  }

  /**
   * When the next report is due that keeps its distance from the last: at the first moment that is
   * not within 5/6 of the interval after it, or after 7/6, should that be earlier. So a report that
   * was made at another time, after a start say, is followed by some that each come a sixth later,
   * until they are back at their moment.
   *
   * @param last when the last one was made
   * @param ready since when the channel has been able to report
   */
  Instant nextApart(Instant last, Instant ready) {
    Duration sixth = interval.dividedBy(6);
    Instant moment = firstMomentAfter(last.plus(interval).minus(sixth));
    Instant latest = last.plus(interval).plus(sixth);
    return orMadeUpFor(moment.isBefore(latest) ? moment : latest, ready);
  }

  private Instant orMadeUpFor(Instant due, Instant ready) {
    if (!due.isBefore(ready)) {
      return due;
    }
    Instant regular = firstMomentAfter(ready);
    return regular.isAfter(ready.plus(interval.dividedBy(8)))
        ? ready.plus(phase.dividedBy(16))
        : regular;
  }

  private Instant firstMomentAfter(Instant begin) {
    long length = interval.toMillis();
    long since = begin.toEpochMilli() - phase.toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(since, length) + 1) * length + phase.toMillis());
  }
}
