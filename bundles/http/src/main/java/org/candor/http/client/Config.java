package org.candor.http.client;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.http.cfg}. */
@ObjectClassDefinition(
    name = "Candor: HTTP",
    description =
        "Trusted certificates, the proxy and time-outs of every HTTP call that Candor makes.")
@interface Config {

  String CONNECT_TIMEOUT = "10s";
  String REQUEST_TIMEOUT = "30s";

  @AttributeDefinition(
      name = "CA file",
      description =
          "PEM file with certificates of authorities to trust besides those that the Java runtime"
              + " trusts. It is read again when it changes. One that cannot be read is refused, and"
              + " the previous one stays. Empty for none.")
  String caFile() default "";

  @AttributeDefinition(
      name = "Proxy",
      description =
          "URL of the proxy for all calls, such as http://proxy.example:3128, with one of the"
              + " schemes http, https (TLS to the proxy), socks5 and socks5h (both leave names to"
              + " the proxy). A user and a password may stand before the host, as in"
              + " http://USER:PASSWORD@proxy.example:3128, with special characters as %XX;"
              + " proxyPasswordFile keeps the password out of the configuration."
              + " Never asked for localhost, for literal loopback addresses and for what NO_PROXY"
              + " of the environment lists. Empty for the proxies of the environment (HTTPS_PROXY"
              + " for https, HTTP_PROXY for http). The word none for no proxy at all.")
  String proxy() default "";

  @AttributeDefinition(
      name = "Proxy password file",
      description =
          "Absolute path of a file that holds the password for the user whom proxy names, such as a"
              + " mounted secret of Kubernetes or Docker. It is read for each call. Leave the"
              + " password in proxy out then.",
      required = false)
  String proxyPasswordFile() default "";

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
