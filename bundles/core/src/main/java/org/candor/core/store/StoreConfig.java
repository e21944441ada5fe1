package org.candor.core.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration: the keys of {@code etc/org.candor.store.cfg}. */
@ObjectClassDefinition(
    name = "Candor: store",
    description = "Where Candor keeps what is queued and what was sent, and how much of it.")
public @interface StoreConfig {

  /** The PID. */
  String PID = "org.candor.store";

  @AttributeDefinition(
      name = "Directory",
      description =
          "Holds the outbox and the journal. Keep it out of the data folder, which \"bin/karaf"
              + " clean\" empties. After a change, what is queued stays in the old directory. A directory"
              + " that cannot be used is refused, and the previous one stays in use.")
  String directory() default "";

  @AttributeDefinition(
      name = "Size",
      description =
          "Bytes on disk that the outbox may take, and the journal as many again; k, m and g are"
              + " understood. Beyond that the oldest is removed and counted.")
  String maxBytes() default "50m";

  @AttributeDefinition(
      name = "Age",
      description =
          "How long a message stays queued, and how long the journal keeps the payload of what was"
              + " sent beside its digest, such as 30d.")
  String maxAge() default "30d";

  @AttributeDefinition(
      name = "Count",
      description =
          "How many messages may be queued. Beyond that the oldest is removed and counted.")
  String maxCount() default "100000";
}
