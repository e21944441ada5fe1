package org.candor.source.karaf;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.source.karaf.cfg}. */
@ObjectClassDefinition(
    name = "Candor: this Karaf",
    description = "What is reported about the bundles of this Karaf.")
@interface KarafConfig {

  /** The configuration's PID. */
  String PID = "org.candor.source.karaf";

  /** The configuration's file, for messages. */
  String FILE = "etc/" + PID + ".cfg";

  @AttributeDefinition(
      name = "Units",
      description =
          "Symbolic names of the bundles that are reported by name, separated by commas; * stands"
              + " for any text. All other bundles are only counted, as the unit other-bundles.",
      required = false)
  String units() default
      "org.apache.karaf.*,org.apache.felix.*,org.apache.aries.*,org.ops4j.pax.*,org.candor.*";
}
