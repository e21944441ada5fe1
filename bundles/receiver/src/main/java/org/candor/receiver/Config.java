package org.candor.receiver;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code etc/org.candor.receiver.cfg}. */
@ObjectClassDefinition(
    name = "Candor: receiver",
    description = "Takes on 127.0.0.1 what Candor sends, to try it out; can also pretend to fail.")
@interface Config {

  @AttributeDefinition(
      name = "Port",
      description = "The HTTP port on 127.0.0.1, from 0 to 65535; 0 takes any that is free.")
  String port() default "15706";

  @AttributeDefinition(
      name = "Answer",
      description =
          "The HTTP status that what is in order is answered with, from 200 to 599. From 300 on the"
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
      description = "How long every such answer takes, such as 500ms or 30s; up to 10m.")
  String delay() default "0";
}
