package org.candor.core.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;

/**
 * Service ranking: services by name, of which the one of the highest service ranking counts, as the
 * framework itself orders them (OSGi Core 8, 5.2.5): of equal ranking the one with the lowest
 * service id. When it goes, the next one takes over. Thread-safe.
 *
 * @param <T> their type
 */
public final class RankedServices<T> {

  private static final Comparator<Ranked<?>> ORDER =
      Comparator.<Ranked<?>>comparingInt(Ranked::ranking).reversed().thenComparing(Ranked::id);

  private final List<Ranked<T>> all = new ArrayList<>();

  private record Ranked<T>(String name, T service, int ranking, long id) {}

  /**
   * A service came, or its properties changed.
   *
   * @param properties those of the service
   */
  public synchronized void put(String name, T service, Map<String, Object> properties) {
    remove(service);
    all.add(
        new Ranked<>(
            name,
            service,
            properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
            properties.get(Constants.SERVICE_ID) instanceof Long id ? id : all.size()));
    all.sort(ORDER);
  }

  /** A service went. */
  public synchronized void remove(T service) {
    all.removeIf(ranked -> ranked.service() == service);
  }

  /** The one that counts. */
  public synchronized Optional<T> best(String name) {
    return all.stream()
        .filter(ranked -> ranked.name().equals(name))
        .map(Ranked::service)
        .findFirst();
  }

  /** The one of each name that counts, in the order of the names. */
  public synchronized List<T> best() {
    return names().stream().flatMap(name -> best(name).stream()).toList();
  }

  /** The names that there are. */
  public synchronized Set<String> names() {
    return all.stream().map(Ranked::name).collect(Collectors.toCollection(TreeSet::new));
  }
}
