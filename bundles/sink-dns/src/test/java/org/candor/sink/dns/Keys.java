package org.candor.sink.dns;

import java.lang.annotation.Annotation;

/** What stands in the configuration file. */
record Keys(String zone, String resolver) implements Config {

  @Override
  public String publicKey() {
    return "";
  }

  @Override
  public String identity() {
    return "anonymous";
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }
}
