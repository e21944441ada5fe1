package org.candor.core.consent;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration: the keys of {@code etc/org.candor.consent.cfg}. */
@ObjectClassDefinition(
    name = "Candor: consent",
    description =
        "What may be sent, for each purpose. What is left empty is not answered here. Candor only"
            + " reads this file; what shell, API and web page answer is kept elsewhere.")
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
      description = "true or false: whether Candor may ask whether there is a newer version.")
  String version$_$check() default "";

  @AttributeDefinition(name = "Version check, alias", description = "The same as version-check.")
  String versionCheck() default "";

  @AttributeDefinition(
      name = "Grace",
      description =
          "How long after the first start nothing is sent, so that you can turn it off first; such"
              + " as 10m.")
  String grace() default "10m";

  @AttributeDefinition(
      name = "Unanswered",
      description =
          "yes: what nobody has answered is sent after the grace period (opt-out). no: nothing is"
              + " sent before somebody turned it on (opt-in). Empty: as yes, unless an earlier no"
              + " has not been taken back.")
  String unanswered() default "";
}
