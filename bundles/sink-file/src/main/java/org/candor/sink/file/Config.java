package org.candor.sink.file;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code etc/org.candor.sink.file.cfg}. */
@ObjectClassDefinition(
    name = "Candor: file sink",
    description = "Writes messages into a directory instead of sending them over a network.")
@interface Config {

  @AttributeDefinition(
      name = "Directory",
      description =
          "Where the messages are written, one file each: an absolute path. It is created, readable"
              + " by this user only, if it does not exist. Empty: the sink is not in use.")
  String directory() default "";
}
