package org.candor.source.kubernetes;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.candor.source.kubernetes.cfg}. */
@ObjectClassDefinition(
    name = "Candor: Kubernetes",
    description =
        "Where a Kubernetes cluster is asked for its version, and which of its resources says"
            + " whether telemetry is wanted.")
@interface Config {

  /** The configuration's PID. */
  String PID = "org.candor.source.kubernetes";

  @AttributeDefinition(
      name = "API URL",
      description =
          "URL of the API server, https except on this machine. Empty: in a pod, that of its"
              + " cluster; elsewhere, nothing is asked.",
      required = false)
  String apiUrl() default "";

  @AttributeDefinition(
      name = "Token file",
      description =
          "File with the bearer token to ask with; read for each connection. Empty: the pod's"
              + " own while apiUrl is empty, else none.",
      required = false)
  String tokenFile() default "";

  @AttributeDefinition(
      name = "CA file",
      description =
          "PEM file of the authority that signed the API server's certificate. Empty: the pod's"
              + " own while apiUrl is empty, else caFile of org.candor.http.cfg.",
      required = false)
  String caFile() default "";

  @AttributeDefinition(
      name = "Distribution",
      description =
          "The distribution of Kubernetes, such as openshift. If it is set, here or as"
              + " spec.k8sDistro of the resource, it is reported together with the version of"
              + " Kubernetes. Empty: what the resource says.",
      required = false)
  String k8sDistro() default "";

  @AttributeDefinition(
      name = "Kind of the resource",
      description =
          "The kind of the resource that says whether telemetry is wanted: StorageOSCluster, or"
              + " another, best with version and group such as StorageOSCluster.v1.storageos.com.",
      required = false)
  String specKind() default "StorageOSCluster";

  @AttributeDefinition(
      name = "Name of the resource",
      description = "Its name. Empty: all of that kind; the strictest counts.",
      required = false)
  String specName() default "";

  @AttributeDefinition(
      name = "Namespace of the resource",
      description =
          "The namespace in which it is; * for all. Empty: the pod's own while apiUrl is empty,"
              + " else all.",
      required = false)
  String namespace() default "";
}
