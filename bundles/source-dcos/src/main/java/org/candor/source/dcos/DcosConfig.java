package org.candor.source.dcos;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.source.dcos.cfg}. */
@ObjectClassDefinition(
    name = "Candor: DC/OS",
    description = "Where a DC/OS cluster's health, packages and Mesos figures are read.")
@interface DcosConfig {

  /** The configuration's PID. */
  String PID = "org.candor.source.dcos";

  /** The configuration's file, for messages. */
  String FILE = "etc/" + PID + ".cfg";

  @AttributeDefinition(
      name = "Diagnostics URL",
      description =
          "Base URL of dcos-diagnostics on a master, such as http://127.0.0.1:1050;"
              + " /system/health/v1/report is asked below it. Empty: not asked.",
      required = false)
  String diagnosticsUrl() default "";

  @AttributeDefinition(
      name = "Cosmos URL",
      description =
          "Base URL of Cosmos, such as http://127.0.0.1:7070; /package/list is asked below it."
              + " Empty: not asked.",
      required = false)
  String cosmosUrl() default "";

  @AttributeDefinition(
      name = "Mesos URL",
      description =
          "Base URL of the leading Mesos master, such as http://leader.mesos:5050; /frameworks and"
              + " /metrics/snapshot are asked below it. Empty: not asked.",
      required = false)
  String mesosUrl() default "";
}
