package org.candor.core.consent;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.candor.core.identity.CopyDetector;
import org.candor.core.outbox.Outbox;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Grace period: the time after the first start, and after the first one of a copy, in which nothing
 * is sent. Thread-safe.
 */
@Component(service = Grace.class)
public final class Grace {

  private final Outbox outbox;
  private final ConfiguredLayer configured;
  private final Copied copied;
  private volatile Optional<Start> firstStart = Optional.empty();

  private record Start(long generation, Instant at) {}

  @Activate
  public Grace(
      @Reference Outbox outbox,
      @Reference ConfiguredLayer configured,
      @Reference CopyDetector installation) {
    this(outbox, configured, installation::check);
  }

  /** Of an installation that is no copy. */
  public Grace(Outbox outbox, ConfiguredLayer configured) {
    this(outbox, configured, Optional::empty);
  }

  Grace(Outbox outbox, ConfiguredLayer configured, Copied copied) {
    this.outbox = outbox;
    this.configured = configured;
    this.copied = copied;
  }

  interface Copied {
    Optional<Instant> at() throws IOException;
  }

  /**
   * When it ends or ended. A first start that lies in the future, since the clock was set back, is
   * taken to be now.
   */
  public Instant end(Instant now) throws IOException {
    Optional<Instant> known = known();
    if (known.filter(at -> !at.isAfter(now)).isEmpty()) {
      Start start = new Start(outbox.generation(), start(now));
      firstStart = Optional.of(start);
      known = Optional.of(start.at);
    }
    return known.get().plus(configured.grace());
  }

  /** The first start, or the first one of this copy. */
  private Instant start(Instant now) throws IOException {
    Instant first = outbox.firstStart();
    return copied.at().filter(at -> at.isAfter(first) && !at.isAfter(now)).orElse(first);
  }

  /**
   * As {@link #end}, with no more of the disk than whether the owner's file has changed; empty
   * until that was asked once.
   */
  public Optional<Instant> knownEnd() {
    return known().map(at -> at.plus(configured.grace()));
  }

  /** After everything was forgotten there is another first start. */
  private Optional<Instant> known() {
    return firstStart.filter(start -> start.generation == outbox.generation()).map(Start::at);
  }
}
