package org.candor.shell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.shell.api.console.Session;
import org.candor.control.Channels;
import org.candor.control.Upgrades;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Tracker of local consoles: shows each the login banner. A Karaf that was started without a
 * terminal has none: the reference is optional, or the bundle would be shown as waiting for ever.
 */
@Component(
    service = {},
    immediate = true)
public final class LocalConsoles {

  private final Channels channels;
  private final Upgrades upgrades;
  private final Map<Session, LocalConsoleNotice> notices = new ConcurrentHashMap<>();

  @Activate
  public LocalConsoles(@Reference Channels channels, @Reference Upgrades upgrades) {
    this.channels = channels;
    this.upgrades = upgrades;
  }

  /** Local consoles' sessions are the only ones that Karaf registers. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSession(Session session) {
    notices.put(session, new LocalConsoleNotice(session, channels, upgrades));
  }

  void unbindSession(Session session) throws InterruptedException {
    notices.remove(session).stop();
  }
}
