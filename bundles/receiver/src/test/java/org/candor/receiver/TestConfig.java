package org.candor.receiver;

import java.lang.annotation.Annotation;

/** A configuration for tests. */
record TestConfig(String port, String answer, String retryAfter, String delay) implements Config {

  static final TestConfig NORMAL = new TestConfig("0", "200", "", "0");

  TestConfig answering(String status, String seconds) {
    return new TestConfig(port, status, seconds, delay);
  }

  TestConfig delaying(String time) {
    return new TestConfig(port, answer, retryAfter, time);
  }

  @Override
  public String dnsPort() {
    return "0";
  }

  @Override
  public String dnsAnswer() {
    return "canned";
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }
}
