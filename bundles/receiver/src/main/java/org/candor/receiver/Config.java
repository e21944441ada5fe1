package org.candor.receiver;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code etc/org.candor.receiver.cfg}. */
@ObjectClassDefinition(
    name = "Candor: receiver",
    description =
        "Receives on 127.0.0.1 what Candor sends, to try it out; can also simulate failures.")
@interface Config {

  @AttributeDefinition(
      name = "Port",
      description = "The HTTP port on 127.0.0.1, from 0 to 65535; 0 takes any that is free.")
  String port() default "15706";

  @AttributeDefinition(
      name = "Answer",
      description =
          "The HTTP status with which a valid request is answered, from 200 to 599. From 300 on the"
              + " receiver behaves like an endpoint that fails and keeps nothing.")
  String answer() default "200";

  @AttributeDefinition(
      name = "Retry after",
      description =
          "Seconds from 0 to 86400 for the header Retry-After of every such answer; empty leaves"
              + " the header out.")
  String retryAfter() default "";

  @AttributeDefinition(
      name = "Delay",
      description = "How long each such answer is delayed, such as 500ms or 30s; up to 10m.")
  String delay() default "0";

  @AttributeDefinition(
      name = "DNS port",
      description =
          "The port on 127.0.0.1 for DNS over UDP and TCP, from 0 to 65535; 0 takes any that is"
              + " free.")
  String dnsPort() default "15353";

  @AttributeDefinition(
      name = "DNS answer",
      description =
          "The text of the TXT record that every question is answered with, up to 4000 characters;"
              + " empty: the answer holds no record.")
  String dnsAnswer() default "";
}
