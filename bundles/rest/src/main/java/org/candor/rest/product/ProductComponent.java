package org.candor.rest.product;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.InstanceName;
import org.candor.api.settings.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One product for each {@code etc/org.candor.rest.product-NAME.cfg}. */
@Component(
    service = {ProductComponent.class, ConfigurationProblems.class},
    configurationPid = ProductComponent.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ProductConfig.class, factory = true)
public final class ProductComponent implements ConfigurationProblems {

  static final String PID = "org.candor.rest.product";

  private static final Logger LOG = LoggerFactory.getLogger(ProductComponent.class);

  private final String name;
  private final Settings settings;
  private volatile Optional<Product> product = Optional.empty();

  @Activate
  public ProductComponent(ProductConfig config, Map<String, Object> properties) {
    name = InstanceName.of(PID, properties).text();
    settings = new Settings("etc/" + PID + "-" + name + ".cfg", LOG::error);
    modified(config);
  }

  @Modified
  void modified(ProductConfig config) {
    Optional<String> key = settings.read(ProductKeys.KEY, config.key());
    Optional<Set<String>> origins = settings.read(ProductKeys.ORIGINS, config.origins());
    Optional<List<String>> routes = settings.read(ProductKeys.ROUTES, config.routes());
    Optional<Long> perMinute = settings.read(ProductKeys.PER_MINUTE, config.perMinute());
    Optional<Long> perSecond =
        settings.read(ProductKeys.EVENTS_PER_SECOND, config.eventsPerSecond());
    Optional<Boolean> enabled = settings.read(ProductKeys.ENABLED, config.enabled());
    boolean complete =
        key.isPresent()
            && origins.isPresent()
            && routes.isPresent()
            && perMinute.isPresent()
            && perSecond.isPresent();
    product =
        complete && enabled.orElse(false)
            ? Optional.of(
                new Product(
                    name,
                    key.get(),
                    origins.get(),
                    RoutePaths.of(routes.get()),
                    perMinute.get(),
                    perSecond.get()))
            : Optional.empty();
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  /** The product; empty while it may not send or something in its file is refused. */
  Optional<Product> product() {
    return product;
  }
}
