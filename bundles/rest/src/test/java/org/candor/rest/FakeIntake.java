package org.candor.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.ChannelState;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventIntake;

/** Keeps events in memory, each once. */
final class FakeIntake implements WebEventIntake {

  volatile Optional<IOException> broken = Optional.empty();
  volatile ChannelState state = ChannelState.ACTIVE;
  private final Map<String, WebEvent> kept = new LinkedHashMap<>();
  private int repeated;
  private int refused;

  @Override
  public synchronized Taken take(List<WebEvent> events) throws IOException {
    if (broken.isPresent()) {
      refused++;
      throw broken.get();
    }
    if (state != ChannelState.ACTIVE) {
      return new Taken(0, 0, state);
    }
    int before = kept.size();
    events.forEach(event -> kept.putIfAbsent(event.id(), event));
    int taken = kept.size() - before;
    repeated += events.size() - taken;
    return new Taken(taken, events.size() - taken, state);
  }

  /** How many were offered again. */
  synchronized int repeated() {
    return repeated;
  }

  /** How often events were refused. */
  synchronized int refused() {
    return refused;
  }

  /** What was taken, in its order. */
  synchronized List<WebEvent> taken() {
    return new ArrayList<>(kept.values());
  }
}
