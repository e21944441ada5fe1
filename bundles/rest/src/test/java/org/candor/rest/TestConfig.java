package org.candor.rest;

import java.lang.annotation.Annotation;

/** A configuration for tests. */
record TestConfig(
    String host,
    String port,
    String realm,
    String readRoles,
    String writeRoles,
    String allowedHosts,
    String trustedProxies,
    String tlsFile,
    String insecure)
    implements Config {

  static final TestConfig NORMAL =
      new TestConfig(
          "127.0.0.1",
          "0",
          TestRealm.NAME,
          "viewer, manager, admin",
          "manager, admin",
          "box.test",
          "",
          "",
          "false");

  TestConfig at(String newHost, String newPort) {
    return new TestConfig(
        newHost,
        newPort,
        realm,
        readRoles,
        writeRoles,
        allowedHosts,
        trustedProxies,
        tlsFile,
        insecure);
  }

  TestConfig in(String newRealm) {
    return new TestConfig(
        host,
        port,
        newRealm,
        readRoles,
        writeRoles,
        allowedHosts,
        trustedProxies,
        tlsFile,
        insecure);
  }

  TestConfig writing(String roles) {
    return new TestConfig(
        host, port, realm, readRoles, roles, allowedHosts, trustedProxies, tlsFile, insecure);
  }

  TestConfig trusting(String proxies) {
    return new TestConfig(
        host, port, realm, readRoles, writeRoles, allowedHosts, proxies, tlsFile, insecure);
  }

  TestConfig with(String tls) {
    return new TestConfig(
        host, port, realm, readRoles, writeRoles, allowedHosts, trustedProxies, tls, insecure);
  }

  TestConfig insecure(String flag) {
    return new TestConfig(
        host, port, realm, readRoles, writeRoles, allowedHosts, trustedProxies, tlsFile, flag);
  }

  @Override
  public String tlsKeyFile() {
    return "";
  }

  @Override
  public String tlsPasswordFile() {
    return "";
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Config.class;
  }
}
