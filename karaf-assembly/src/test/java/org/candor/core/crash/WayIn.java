package org.candor.core.crash;

import java.util.List;
import org.candor.api.crash.Crash;

/**
 * What becomes of a crash before anything is made of it, with core's own code: that is why this
 * test class is in core's package.
 */
public final class WayIn {

  private final Scrubber scrubber;

  /**
   * @param names what this machine and the account are called
   */
  public WayIn(List<String> names) {
    scrubber = new Scrubber(names);
  }

  /** The crash as it is kept. */
  public Crash taken(Crash crash) {
    return scrubber.scrub(crash);
  }
}
