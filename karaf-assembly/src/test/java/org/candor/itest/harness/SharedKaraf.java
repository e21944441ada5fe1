package org.candor.itest.harness;

import java.util.Optional;

/**
 * Booted once in each JVM that runs tests, and killed with it: Surefire begins anew with JUnit for
 * every class when there are several such JVMs, so that nothing of JUnit's lives long enough.
 */
final class SharedKaraf {

  private static Optional<KarafInstance> instance = Optional.empty();

  private SharedKaraf() {}

  static synchronized KarafInstance get() {
    if (instance.isEmpty()) {
      instance = Optional.of(boot());
    }
    return instance.get();
  }

  private static KarafInstance boot() {
    try {
      KarafInstance instance = new KarafInstance("shared");
      instance.etc().set("org.candor.consent", "grace", "0");
      instance.etc().set("org.candor.sink.segment", "writeKey", "key-of-the-tests");
      // Until a test says where its endpoint is, nobody listens.
      instance.etc().set("org.candor.sink.segment", "endpoint", "http://127.0.0.1:1");
      instance.etc().set("org.candor.http", "requestTimeout", "2s");
      // Nothing is reported unless a test asks for it.
      instance.etc().set("org.candor.channel-segment", "interval", "30d");
      instance.etc().set("org.candor.channel-sentry", "interval", "30d");
      try {
        System.out.println("Boot to shell and channels: " + instance.boot());
      } catch (Throwable e) {
        instance.close();
        throw new AssertionError(e.getMessage() + "\n" + instance.tail(), e);
      }
      return instance;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
