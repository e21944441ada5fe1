package org.candor.itest.harness;

/** Booted once; JUnit closes it when all tests are over. */
record SharedKaraf(KarafInstance instance) implements AutoCloseable {

  static SharedKaraf boot() {
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
      return new SharedKaraf(instance);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    instance.close();
  }
}
