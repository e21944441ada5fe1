package org.candor.rest.product;

import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.Map;
import java.util.function.LongSupplier;

/** A product's configuration for tests. */
public record TestProduct(
    String key,
    String origins,
    String routes,
    String perMinute,
    String eventsPerSecond,
    String enabled)
    implements ProductConfig {

  /** A key that is allowed. */
  public static final String KEY = "shop-key-1";

  /** The shop, whose page is served from here. */
  public static TestProduct of(String origins) {
    return new TestProduct(KEY, origins, "", "600", "1000", "true");
  }

  public TestProduct withKey(String other) {
    return new TestProduct(other, origins, routes, perMinute, eventsPerSecond, enabled);
  }

  public TestProduct withRoutes(String some) {
    return new TestProduct(key, origins, some, perMinute, eventsPerSecond, enabled);
  }

  public TestProduct withPerMinute(String number) {
    return new TestProduct(key, origins, routes, number, eventsPerSecond, enabled);
  }

  public TestProduct withEventsPerSecond(String number) {
    return new TestProduct(key, origins, routes, perMinute, number, enabled);
  }

  public TestProduct withEnabled(String flag) {
    return new TestProduct(key, origins, routes, perMinute, eventsPerSecond, flag);
  }

  /** As from {@code etc/org.candor.rest.product-NAME.cfg}. */
  public ProductComponent named(String name) {
    return new ProductComponent(
        this,
        Map.of(
            "felix.fileinstall.filename",
            "file:/karaf/etc/org.candor.rest.product-" + name + ".cfg"));
  }

  /** None yet, for which time passes as told. */
  public static Products products(LongSupplier nanos) {
    return new Products(Clock.systemUTC(), nanos);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return ProductConfig.class;
  }
}
