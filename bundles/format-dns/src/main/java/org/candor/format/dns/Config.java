package org.candor.format.dns;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What concerns the format in {@code etc/org.candor.sink.dns.cfg}. */
@ObjectClassDefinition(
    name = "Candor: version check over DNS",
    description = "What the question reveals, and whose answers are accepted.")
@interface Config {

  @AttributeDefinition(
      name = "Identity",
      description =
          "What the question reveals: anonymous sends pseudonyms of the cluster and the node, the"
              + " product's version, and Kubernetes if you named a distribution; none sends the"
              + " same name for everybody, which reveals nothing.")
  String identity() default "anonymous";

  @AttributeDefinition(
      name = "Public key",
      description =
          "The vendor's key, 43 characters. Only answers signed with it are accepted. Empty:"
              + " answers are shown as unsigned.")
  String publicKey() default "";
}
