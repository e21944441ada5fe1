package org.candor.source.dcos;

import org.candor.source.dcos.signal.SignalFiles;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.source.dcos.cfg}. */
@ObjectClassDefinition(
    name = "Candor: DC/OS",
    description =
        "Where a DC/OS cluster's health, packages and Mesos figures are read, and what its owner"
            + " set for telemetry.")
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

  @AttributeDefinition(
      name = "Token",
      description =
          "Authentication token of a secured cluster; sent over https, or to this machine, only."
              + " Empty: what tokenFile holds, or none.",
      required = false)
  String token() default "";

  @AttributeDefinition(
      name = "Token file",
      description = "File that holds the token; read for each request. Empty: none.",
      required = false)
  String tokenFile() default "";

  @AttributeDefinition(
      name = "CA file",
      description =
          "PEM file of the authority that signed the cluster's certificates, such as dcos-ca.crt."
              + " Empty: caFile of org.candor.http.cfg.",
      required = false)
  String caFile() default "";

  @AttributeDefinition(
      name = "Configuration of dcos-signal",
      description =
          "File whose setting enabled forbids usage here when it is anything but true, and whose"
              + " other keys fill in org.candor.identity.cfg. Empty: not read.",
      required = false)
  String signalConfig() default SignalFiles.CONFIG;

  @AttributeDefinition(
      name = "Additional configuration of dcos-signal",
      description = "The same, laid over it. Empty: not read.",
      required = false)
  String signalExtraConfig() default SignalFiles.EXTRA;

  @AttributeDefinition(
      name = "Version file",
      description =
          "File that names the version and the variant of DC/OS, for org.candor.identity.cfg."
              + " Empty: not read.",
      required = false)
  String versionFile() default SignalFiles.VERSION;
}
