package org.candor.core.plugin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.channel-NAME.cfg}. */
@ObjectClassDefinition(
    name = "Candor: channel",
    description = "What is reported, in which format, through which sink, and how often.")
public @interface ChannelConfig {

  /** The factory PID. */
  String PID = "org.candor.channel";

  @AttributeDefinition(
      name = "Purpose",
      description = "Which answer of yours it needs: usage, errors or version-check.")
  String purpose() default "";

  @AttributeDefinition(
      name = "Report",
      description = "What is reported: health, inventory, crash, ui or version-check.")
  String report() default "";

  @AttributeDefinition(name = "Interval", description = "How often, such as 1h or 24h.")
  String interval() default "1h";

  @AttributeDefinition(name = "Formatter", description = "Such as segment.")
  String formatter() default "";

  @AttributeDefinition(name = "Sink", description = "Such as segment or file.")
  String sink() default "";

  @AttributeDefinition(name = "Enabled", description = "true or false.")
  String enabled() default "true";
}
