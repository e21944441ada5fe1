package org.candor.rest.product;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.candor.api.web.WebEventIntake;
import org.candor.rest.gate.PathRouter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registry of the products whose pages may send events, and of the intake that takes these. */
@Component(service = Products.class)
public final class Products {

  private static final int CLIENTS = 10_000;

  /** How long it takes at most until a Karaf that starts has read all of its configuration. */
  private static final long START_NANOS = Duration.ofSeconds(30).toNanos();

  private final Clock clock;
  private final LongSupplier nanos;
  private final FloodWatch floods;
  private final Set<ProductComponent> components = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Optional<WebEventIntake>> intake =
      new AtomicReference<>(Optional.empty());
  private volatile long intakeSince;

  @Activate
  public Products() {
    this(Clock.systemUTC(), System::nanoTime);
  }

  Products(Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.floods = new FloodWatch(FloodWatch.QUIET, nanos);
  }

  /** Ends its thread, if it has one. */
  @Deactivate
  public void deactivate() {
    floods.close();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindProduct(ProductComponent component) {
    components.add(component);
  }

  void unbindProduct(ProductComponent component) {
    components.remove(component);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  public void bindIntake(WebEventIntake taker) {
    intakeSince = nanos.getAsLong();
    intake.set(Optional.of(taker));
  }

  public void unbindIntake(WebEventIntake taker) {
    intake.updateAndGet(now -> now.filter(other -> other != taker));
  }

  /** Adds where pages send to, and the script that does so. */
  public void addTo(PathRouter routes) {
    EventReader reader = new EventReader(clock);
    EventRateLimiter allowance = new EventRateLimiter(CLIENTS, Duration.ofMinutes(1), nanos);
    EventIntake fromPages =
        new EventIntake(
            this, new PageSenders(this), reader, allowance, new ProductBound(floods, nanos));
    // Whoever signs in has a bound apart, which no page can use up.
    EventIntake fromScripts =
        new EventIntake(
            this, new ScriptSenders(this), reader, allowance, new ProductBound(floods, nanos));
    routes.open("/v1/events", new EventsHandler(fromPages));
    routes.add("/v1/events", new EventsHandler(fromScripts));
    routes.open("/candor.js", new ScriptHandler());
  }

  /** Those that may send now. */
  List<Product> all() {
    return components.stream()
        .flatMap(component -> component.product().stream())
        .sorted(Comparator.comparing(Product::name))
        .toList();
  }

  /** Whether who takes events is there so lately that not all channels may be there yet. */
  boolean isStarting() {
    return nanos.getAsLong() - intakeSince < START_NANOS;
  }

  /** Who takes events; empty while nobody does. */
  Optional<WebEventIntake> intake() {
    return intake.get();
  }
}
