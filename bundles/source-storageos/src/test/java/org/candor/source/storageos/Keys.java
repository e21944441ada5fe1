package org.candor.source.storageos;

import java.lang.annotation.Annotation;

/** What stands in the configuration file. */
record Keys(String apiUrl, String api, String username, String password) implements Config {

  static final String USER = "storageos";
  static final String PASSWORD = "pä:ss wörd";

  static Keys of(String apiUrl, String api) {
    return new Keys(apiUrl, api, USER, PASSWORD);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }
}
