package org.candor.rest;

import java.lang.annotation.Annotation;

/** A configuration for tests. */
record TestConfig(
    String host,
    String port,
    String realm,
    String readRoles,
    String writeRoles,
    String allowedHosts)
    implements Config {

  static final TestConfig NORMAL =
      new TestConfig(
          "127.0.0.1", "0", TestRealm.NAME, "viewer, manager, admin", "manager, admin", "box.test");

  TestConfig at(String newHost, String newPort) {
    return new TestConfig(newHost, newPort, realm, readRoles, writeRoles, allowedHosts);
  }

  TestConfig in(String newRealm) {
    return new TestConfig(host, port, newRealm, readRoles, writeRoles, allowedHosts);
  }

  TestConfig writing(String roles) {
    return new TestConfig(host, port, realm, readRoles, roles, allowedHosts);
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }
}
