package org.candor.sink.sentry;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.sink.sentry.cfg}. */
@ObjectClassDefinition(
    name = "Candor: Sentry sink",
    description = "To which project of Sentry the daily report and crashes are sent.")
@interface Config {

  @AttributeDefinition(
      name = "DSN",
      description =
          "The DSN of the project, as Sentry shows it: https://KEY@HOST/PROJECT, or http:// for a"
              + " relay of your own. Nothing is sent while it is empty.")
  String dsn() default "";
}
