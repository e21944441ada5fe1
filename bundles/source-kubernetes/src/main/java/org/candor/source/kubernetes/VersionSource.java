package org.candor.source.kubernetes;

import java.io.IOException;
import java.util.Optional;
import org.candor.api.Deadline;
import org.candor.api.fact.FactNames;
import org.candor.api.source.FailureReason;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.api.source.SourceName;
import org.candor.api.text.PlainText;
import org.candor.http.json.Json;
import org.candor.source.kubernetes.api.ApiServerClient;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The version and the distribution of Kubernetes: both, or where nobody named a distribution
 * neither, and then nothing is asked.
 */
@Component(immediate = true)
@SourceName("kubernetes")
public final class VersionSource implements HealthSource {

  private final KubernetesCluster cluster;

  @Activate
  public VersionSource(@Reference KubernetesCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Observation observe(Deadline deadline) throws SourceException {
    Optional<ApiServerClient> client = cluster.client();
    if (client.isEmpty()) {
      return Observation.unconfigured(cluster.setup().advice());
    }
    String distribution = PlainText.line(cluster.distribution());
    Observation.Builder seen = Observation.builder();
    if (!distribution.isEmpty()) {
      String version =
          PlainText.line(client.get().ask("/version", deadline, VersionSource::version));
      if (version.isEmpty()) {
        throw new SourceException(FailureReason.MALFORMED, "GET /version: no gitVersion.");
      }
      seen.text(FactNames.KUBERNETES_DISTRIBUTION, distribution);
      seen.text(FactNames.KUBERNETES_VERSION, version);
    }
    return seen.build();
  }

  private static String version(Json json) throws IOException {
    String[] version = {""};
    json.members(
        key -> {
          if (key.equals("gitVersion")) {
            version[0] = json.text();
          } else {
            json.skip();
          }
        });
    return version[0];
  }
}
