package org.candor.core.consent;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.candor.core.outbox.Outbox;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The time after the first start in which nothing leaves. */
@Component(service = Grace.class)
public final class Grace {

  private final Outbox outbox;
  private final ConfiguredLayer configured;
  private volatile Optional<Start> firstStart = Optional.empty();

  private record Start(long era, Instant at) {}

  @Activate
  public Grace(@Reference Outbox outbox, @Reference ConfiguredLayer configured) {
    this.outbox = outbox;
    this.configured = configured;
  }

  /**
   * When it ends or ended. A first start that lies in the future, since the clock was set back, is
   * taken to be now.
   */
  public Instant end(Instant now) throws IOException {
    Optional<Instant> known = known();
    if (known.filter(at -> !at.isAfter(now)).isEmpty()) {
      Start start = new Start(outbox.era(), outbox.firstStart());
      firstStart = Optional.of(start);
      known = Optional.of(start.at);
    }
    return known.get().plus(configured.grace());
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
    return firstStart.filter(start -> start.era == outbox.era()).map(Start::at);
  }
}
