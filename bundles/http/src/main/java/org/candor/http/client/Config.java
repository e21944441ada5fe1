package org.candor.http.client;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.http.cfg}. */
@ObjectClassDefinition(
    name = "Candor: HTTP",
    description = "Time-outs and trusted certificates of every HTTP call that Candor makes.")
@interface Config {

  String CONNECT_TIMEOUT = "10s";
  String REQUEST_TIMEOUT = "30s";

  @AttributeDefinition(
      name = "CA file",
      description =
          "PEM file with certificates of authorities to trust besides those that the Java runtime"
              + " trusts. It is read again when it changes. Empty for none.")
  String caFile() default "";

  @AttributeDefinition(
      name = "Connect time-out",
      description =
          "How long to wait for a connection to one address, such as 10s. From 100ms to 5m.")
  String connectTimeout() default CONNECT_TIMEOUT;

  @AttributeDefinition(
      name = "Request time-out",
      description =
          "How long a whole exchange may take, from the look-up of the name to the last byte of the"
              + " answer, such as 30s. From 100ms to 1h.")
  String requestTimeout() default REQUEST_TIMEOUT;
}
