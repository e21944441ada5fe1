package org.candor.core.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Shared endpoint health: what one channel finds out about a server, others that send there need
 * not find out again. Thread-safe.
 */
@Component(service = EndpointNews.class)
public final class EndpointNews {

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  @Activate
  public EndpointNews() {}

  /** The server of an endpoint: its host and port, or the endpoint itself where it names none. */
  public static String server(String endpoint) {
    try {
      URI address = new URI(endpoint);
      if (address.getHost() == null) {
        return endpoint;
      }
      int port = address.getPort() >= 0 ? address.getPort() : usualPort(address.getScheme());
      return address.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    } catch (URISyntaxException e) {
      return endpoint;
    }
  }

  private static int usualPort(String scheme) {
    return "http".equalsIgnoreCase(scheme) ? 80 : 443;
  }

  /** Something was delivered to a server. */
  public void delivered(String server) {
    listeners.forEach(listener -> listener.accept(server));
  }

  /**
   * Has each server passed on that something was delivered to, on the thread of whoever delivered
   * it; it must be quick.
   *
   * @return ends that
   */
  public Runnable onDelivered(Consumer<String> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
