package org.candor.shell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.karaf.shell.api.console.Session;
import org.candor.api.control.Channels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Gives each local console its notice. A Karaf that was started without a terminal has none: the
 * reference is optional, or the bundle would be shown as waiting for ever.
 */
@Component(
    service = {},
    immediate = true)
public final class LocalConsoles {

  private final Channels channels;
  private final Map<Session, LocalConsoleNotice> notices = new ConcurrentHashMap<>();

  @Activate
  public LocalConsoles(@Reference Channels channels) {
    this.channels = channels;
  }

  /** Local consoles' sessions are the only ones that Karaf registers. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSession(Session session) {
    notices.put(session, new LocalConsoleNotice(session, channels));
  }

  void unbindSession(Session session) throws InterruptedException {
    notices.remove(session).stop();
  }
}
