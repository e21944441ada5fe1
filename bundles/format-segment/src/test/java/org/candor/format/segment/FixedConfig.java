package org.candor.format.segment;

import java.lang.annotation.Annotation;

/** The configuration file, as a test writes it. */
record FixedConfig(String loginEvent, String logoutEvent) implements Config {

  static Config shipped() {
    return new FixedConfig(Config.LOGIN_EVENT, Config.LOGOUT_EVENT);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }
}
