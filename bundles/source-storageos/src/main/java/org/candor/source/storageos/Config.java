package org.candor.source.storageos;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.source.storageos.cfg}. */
@ObjectClassDefinition(
    name = "Candor: StorageOS",
    description = "Where a StorageOS cluster's inventory and licence are read, and as whom.")
@interface Config {

  /** The configuration's PID. */
  String PID = "org.candor.source.storageos";

  @AttributeDefinition(
      name = "API URL",
      description =
          "URL of the API on any node, such as http://127.0.0.1:5705, without /v1 or /v2, which is"
              + " added. Empty: not asked.",
      required = false)
  String apiUrl() default "";

  @AttributeDefinition(
      name = "API version",
      description = "v1 for StorageOS 1.x and older, v2 for StorageOS 2.x and Ondat.",
      required = false)
  String api() default "";

  @AttributeDefinition(
      name = "User name",
      description = "The user to sign in as. Candor only reads.",
      required = false)
  String username() default "";

  @AttributeDefinition(
      name = "Password",
      description = "The user's password. With http:// it crosses the network unencrypted.",
      type = AttributeType.PASSWORD,
      required = false)
  String password() default "";
}
