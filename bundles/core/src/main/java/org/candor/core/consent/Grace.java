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
  private volatile Optional<Instant> firstStart = Optional.empty();

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
    if (firstStart.filter(at -> !at.isAfter(now)).isEmpty()) {
      firstStart = Optional.of(outbox.firstStart());
    }
    return firstStart.get().plus(configured.grace());
  }

  /** As {@link #end}, without any I/O; empty until that was asked once. */
  public Optional<Instant> knownEnd() {
    return firstStart.map(at -> at.plus(configured.grace()));
  }
}
