package org.candor.core.consent;

import java.time.Duration;
import org.candor.core.work.Workers;
import org.candor.core.work.Workers.Alarm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Looks once a second, for all channels, whether somebody wrote the owner's file. File Install does
 * not tell of a file that was written twice between two of its looks, and tells of others a second
 * or two later. No other look in Candor is as frequent, and this one only asks for the file's time
 * and size.
 */
@Component(service = ConsentWatch.class, immediate = true)
public final class ConsentWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Consent consent;
  private final ConfiguredLayer configured;
  private final Workers workers;
  private String told = "";
  private Alarm next = () -> {};
  private boolean closed;

  @Activate
  public ConsentWatch(
      @Reference Consent consent,
      @Reference ConfiguredLayer configured,
      @Reference Workers workers) {
    this.consent = consent;
    this.configured = configured;
    this.workers = workers;
    again();
  }

  @Deactivate
  public synchronized void close() {
    closed = true;
    next.cancel();
  }

  private synchronized void again() {
    if (!closed) {
      next = workers.after(INTERVAL, this::look);
    }
  }

  private void look() {
    try {
      String version = configured.version();
      if (!version.equals(told) || !configured.isSettled()) {
        told = version;
        consent.changed();
      }
    } finally {
      again();
    }
  }
}
