package org.candor.core.channel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.candor.api.ChannelState;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventIntake;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Hands what people do in a product's web page to every channel that reports it. */
@Component
public final class WebEventDispatcher implements WebEventIntake {

  private final Set<ChannelComponent> components = ConcurrentHashMap.newKeySet();

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindChannel(ChannelComponent component) {
    components.add(component);
  }

  void unbindChannel(ChannelComponent component) {
    components.remove(component);
  }

  /**
   * As promised there; of several channels the one counts that took most. When one of them fails,
   * those that did not know the events again.
   */
  @Override
  public Taken take(List<WebEvent> events) throws IOException {
    Taken most = new Taken(0, 0, ChannelState.UNCONFIGURED);
    boolean any = false;
    Optional<IOException> failure = Optional.empty();
    for (ChannelComponent component : components) {
      try {
        Optional<Taken> taken = component.take(events);
        if (taken.isPresent() && (!any || isMore(taken.get(), most))) {
          most = taken.get();
          any = true;
        }
      } catch (IOException e) {
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return most;
  }

  private static boolean isMore(Taken one, Taken other) {
    return one.taken() + one.repeated() > other.taken() + other.repeated();
  }
}
