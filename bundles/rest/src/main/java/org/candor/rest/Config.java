package org.candor.rest;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.rest.cfg}. */
@ObjectClassDefinition(
    name = "Candor: HTTP",
    description =
        "Where the web console and the API are served, and who may read and change the owner's"
            + " answers.")
@interface Config {

  @AttributeDefinition(
      name = "Host",
      description =
          "The IP address to listen on, or localhost. With 127.0.0.1 only this machine can reach"
              + " it; any other needs a certificate, or that passwords may cross the network"
              + " unencrypted.")
  String host() default "127.0.0.1";

  @AttributeDefinition(
      name = "Port",
      description = "The port to listen on, from 0 to 65535; 0 takes any that is free.")
  String port() default "5705";

  @AttributeDefinition(
      name = "Realm",
      description = "The JAAS realm whose users may sign in, as in jaas:realm-list.")
  String realm() default "karaf";

  @AttributeDefinition(
      name = "Roles that read",
      description = "Roles, separated by commas; one of them is needed for reading.")
  String readRoles() default "viewer, manager, admin";

  @AttributeDefinition(
      name = "Roles that write",
      description = "Roles, separated by commas; one of them is needed for changing anything.")
  String writeRoles() default "manager, admin";

  @AttributeDefinition(
      name = "Allowed hosts",
      description =
          "Names by which this machine is addressed, without port, separated by commas, besides IP"
              + " addresses and localhost. A request to any other name is refused.")
  String allowedHosts() default "";

  @AttributeDefinition(
      name = "Trusted proxies",
      description =
          "Addresses and networks (CIDR), separated by commas, of reverse proxies that may say in"
              + " X-Forwarded-For whom they speak for.")
  String trustedProxies() default "";

  @AttributeDefinition(
      name = "TLS: certificate",
      description =
          "The file with the certificate and its chain, in PEM or PKCS#12. Read again when it"
              + " changes. When empty, HTTP is not encrypted.")
  String tlsFile() default "";

  @AttributeDefinition(
      name = "TLS: private key",
      description =
          "The file with the private key in PEM, when it is not in that of the" + " certificate.")
  String tlsKeyFile() default "";

  @AttributeDefinition(
      name = "TLS: password",
      description = "The file whose first line is the password of PKCS#12.")
  String tlsPasswordFile() default "";

  @AttributeDefinition(
      name = "Insecure",
      description =
          "Whether an address other than loopback may be served without TLS, so that passwords"
              + " cross the network readable.")
  String insecure() default "false";
}
