package org.candor.source.crash.runtime;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.source.crash.Handover;

/** Finds out how this installation's earlier processes died, and tells it once. */
final class PastDeaths {

  static final String COMPONENT = "karaf";

  /** A file that is being written by a process that is still dying. */
  private static final Duration UNFINISHED = Duration.ofSeconds(10);

  private final HsErrFiles files;
  private final Reported reported;
  private final Markers markers;
  private final Handover handover;
  private final Clock clock;

  PastDeaths(HsErrFiles files, Reported reported, Markers markers, Handover handover, Clock clock) {
    this.files = files;
    this.reported = reported;
    this.markers = markers;
    this.handover = handover;
    this.clock = clock;
  }

  /**
   * Tells what is new.
   *
   * @return whether nothing is left to be told
   */
  boolean tell() throws IOException {
    List<HsErrFiles.Found> found = files.find(clock.instant());
    boolean done = true;
    for (HsErrFiles.Found one : found) {
      done &= tell(one);
    }
    for (Markers.Left left : markers.left()) {
      done &= tell(left, found);
    }
    return done;
  }

  private boolean tell(HsErrFiles.Found one) throws IOException {
    if (reported.has(one.id())) {
      return true;
    }
    if (!one.content().isComplete() && one.at().plus(UNFINISHED).isAfter(clock.instant())) {
      return false;
    }
    if (!handover.take(one.content().crash(one.id(), COMPONENT, one.at()))) {
      return false;
    }
    reported.add(one.id());
    return true;
  }

  private boolean tell(Markers.Left left, List<HsErrFiles.Found> found) throws IOException {
    boolean explained =
        found.stream()
            .anyMatch(
                one ->
                    one.content().pid().equals(java.util.OptionalLong.of(left.pid()))
                        && one.at().isAfter(left.started()));
    if (!explained && !handover.take(crash(left))) {
      return false;
    }
    markers.remove(left);
    return true;
  }

  private static Crash crash(Markers.Left left) {
    return new Crash(
        Crash.idFrom("ended without goodbye\n" + left.file().getFileName()),
        COMPONENT,
        left.lastSeen(),
        CrashLevel.FATAL,
        "This process ended without saying goodbye: kill -9, the OOM killer or a power loss",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
