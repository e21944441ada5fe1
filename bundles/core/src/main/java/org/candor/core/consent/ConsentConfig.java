package org.candor.core.consent;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.consent.cfg}. */
@ObjectClassDefinition(
    name = "Candor: consent",
    description = "Your answer, for each purpose. What is left empty is left open.")
public @interface ConsentConfig {

  /** The PID. */
  String PID = "org.candor.consent";

  @AttributeDefinition(
      name = "Usage",
      description = "true or false: whether health and inventory may be sent.")
  String usage() default "";

  @AttributeDefinition(name = "Errors", description = "true or false: whether crashes may be sent.")
  String errors() default "";

  @AttributeDefinition(
      name = "Version check",
      description = "true or false: whether Candor may ask for a newer version.")
  String versionCheck() default "";

  @AttributeDefinition(
      name = "Grace",
      description =
          "How long after the first start nothing leaves, so that you can say no first; such as"
              + " 10m.")
  String grace() default "10m";
}
