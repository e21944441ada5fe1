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
              + " clean\" empties. After a change, what is queued stays in the old directory. A"
              + " directory that cannot be used is refused, and the previous one stays in use.")
  String directory() default "";

  @AttributeDefinition(
      name = "Size",
      description =
          "Bytes on disk that everything in the directory may take: of them 38% are for what waits,"
              + " 40% for the journal, 15% for crashes, 5% for the history, and 2% are a reserve"
              + " for a full disk; k, m and g are understood. Beyond that the oldest is removed and"
              + " counted.")
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
          "How many messages may be queued. Beyond that the channel that is most above its share"
              + " loses its oldest, which is counted.")
  String maxCount() default "100000";

  @AttributeDefinition(
      name = "Share of crashes",
      description =
          "Percent of what may be queued that the channels of crashes can always use, whatever the"
              + " others queue; 1 to 50.")
  String crashShare() default "25";

  @AttributeDefinition(
      name = "Share of reports",
      description =
          "Percent of what may be queued that the channels of reports and the version check can"
              + " always use; 1 to 50.")
  String healthShare() default "25";

  @AttributeDefinition(
      name = "Share of web events",
      description =
          "Percent of what may be queued that web events may take at the most, of what the others"
              + " leave; 1 to 50.")
  String webShare() default "50";
}
