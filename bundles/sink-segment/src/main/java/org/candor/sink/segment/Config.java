package org.candor.sink.segment;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.sink.segment.cfg}. */
@ObjectClassDefinition(
    name = "Candor: Segment sink",
    description = "Where reports for Segment are sent, and for which source of Segment.")
@interface Config {

  String GZIP = "true";

  @AttributeDefinition(
      name = "Endpoint",
      description =
          "URL of Segment or of a relay of your own, without /v1/batch, which is added. Begins with"
              + " https:// or http://.")
  String endpoint() default "https://api.segment.io";

  @AttributeDefinition(
      name = "Write key",
      description =
          "The write key of the source in Segment that the reports belong to. Whoever may read the"
              + " configuration can read it; writeKeyFile keeps it out of there. Nothing is sent"
              + " while both are empty.",
      required = false)
  String writeKey() default "";

  @AttributeDefinition(
      name = "Write key file",
      description =
          "Absolute path of a file that holds the write key, such as a mounted secret of Kubernetes"
              + " or Docker. It is read again when it changes. Leave writeKey empty then.",
      required = false)
  String writeKeyFile() default "";

  @AttributeDefinition(
      name = "Compress",
      description = "Whether reports are compressed with gzip on their way: true or false.")
  String gzip() default GZIP;
}
