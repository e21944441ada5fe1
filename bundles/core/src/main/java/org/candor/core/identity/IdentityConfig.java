package org.candor.core.identity;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration: the keys of {@code etc/org.candor.identity.cfg}. */
@ObjectClassDefinition(
    name = "Candor: identity",
    description =
        "Who this installation is, in the reports. Ids are generated where none is given.")
public @interface IdentityConfig {

  /** The PID. */
  String PID = "org.candor.identity";

  @AttributeDefinition(
      name = "Cluster id",
      description = "The same on every node; a random UUID is generated when it is left empty.")
  String clusterId() default "";

  @AttributeDefinition(
      name = "Cluster id file",
      description = "A file that holds the cluster's id; white space around it is ignored.")
  String clusterIdFile() default "";

  @AttributeDefinition(
      name = "Node id",
      description = "Of this node; a random UUID is generated when it is left empty.")
  String nodeId() default "";

  @AttributeDefinition(name = "Product", description = "The name of the product that runs here.")
  String product() default "";

  @AttributeDefinition(name = "Version", description = "The product's version.")
  String version() default "";

  @AttributeDefinition(
      name = "Build",
      description = "The product's build, such as a pipeline's id.")
  String build() default "";

  @AttributeDefinition(name = "Variant", description = "Such as open or enterprise.")
  String variant() default "";

  @AttributeDefinition(name = "Provider", description = "Such as onprem, aws, azure or gcp.")
  String provider() default "";

  @AttributeDefinition(name = "Platform", description = "Such as onprem, aws, azure or gcp.")
  String platform() default "";

  @AttributeDefinition(
      name = "Customer key",
      description = "Names the customer to the vendor; leave it empty to stay anonymous.")
  String customerKey() default "";

  @AttributeDefinition(name = "Licence id", description = "Names the licence to the vendor.")
  String licenseId() default "";

  @AttributeDefinition(
      name = "Server name",
      description =
          "Names this server to the vendor. Left empty, the vendor gets a pseudonym instead, made"
              + " of the host's name with this installation's secret.")
  String serverName() default "";

  @AttributeDefinition(
      name = "Logging user",
      description =
          "Names the account of this process to the vendor. Left empty, the vendor gets a pseudonym"
              + " instead, made of the account's name with this installation's secret.")
  String loggingUser() default "";

  @AttributeDefinition(
      name = "Users of a web page",
      description =
          "How the users of a product's own web page appear in its events: pseudonym, made of the"
              + " product's id of them with this installation's secret, or plain, as the product"
              + " knows them, which may be a name or an e-mail address.")
  String uiUsers() default "pseudonym";
}
