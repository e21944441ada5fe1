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
              + " relay of your own. Whoever may read the configuration can read its key; dsnFile"
              + " keeps it out of there. Nothing is sent while both are empty.",
      required = false)
  String dsn() default "";

  @AttributeDefinition(
      name = "DSN file",
      description =
          "Absolute path of a file that holds the DSN, such as a mounted secret of Kubernetes or"
              + " Docker. It is read again when it changes. Leave dsn empty then.",
      required = false)
  String dsnFile() default "";
}
