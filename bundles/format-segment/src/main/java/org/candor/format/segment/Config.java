package org.candor.format.segment;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.format.segment.cfg}. */
@ObjectClassDefinition(
    name = "Candor: Segment format",
    description = "What Segment calls the logins and logouts of a product's web page.")
@interface Config {

  String LOGIN_EVENT = "dcos_login";
  String LOGOUT_EVENT = "dcos_logout";

  @AttributeDefinition(
      name = "Login event",
      description = "Name of the track call for a login, of 1 to 100 characters.")
  String loginEvent() default LOGIN_EVENT;

  @AttributeDefinition(
      name = "Logout event",
      description = "Name of the track call for a logout, of 1 to 100 characters.")
  String logoutEvent() default LOGOUT_EVENT;
}
