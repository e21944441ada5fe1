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
          "The write key of the source in Segment that the reports belong to. Nothing is sent while"
              + " it is empty.")
  String writeKey() default "";

  @AttributeDefinition(
      name = "Compress",
      description = "Whether reports are compressed with gzip on their way: true or false.")
  String gzip() default GZIP;
}
