package org.candor.source.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.candor.source.kubernetes.api.ApiServerAccess;

/**
 * What a pod is given to ask its cluster with (Kubernetes, "Accessing the Kubernetes API from a
 * Pod"). Reads no file.
 *
 * @param environment variables by their names
 * @param account the folder of the service account
 */
record Pod(Map<String, String> environment, Path account) {

  /** The pod that this process is in, if it is in one. */
  static Pod ofThisProcess() {
    return new Pod(System.getenv(), Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
  }

  /** The API server; empty outside a pod. */
  Optional<URI> api() {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
    if (host.isEmpty() || !port.matches("\\d{1,5}")) {
      return Optional.empty();
    }
    String literal = host.contains(":") ? "[" + host + "]" : host;
    try {
      return Optional.of(URI.create("https://" + literal + ":" + port))
          .filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The API server with the service account. */
  Optional<ApiServerAccess> access() {
    return api()
        .map(
            uri ->
                new ApiServerAccess(
                    uri,
                    Optional.of(account.resolve("token")),
                    Optional.of(account.resolve("ca.crt"))));
  }

  /** The file that names the pod's namespace. */
  Path namespaceFile() {
    return account.resolve("namespace");
  }
}
