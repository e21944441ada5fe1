package org.candor.source.storageos.v1;

import java.util.List;
import java.util.OptionalLong;
import org.candor.api.Deadline;
import org.candor.api.source.SourceException;
import org.candor.http.HttpCall;
import org.candor.http.json.Json;
import org.candor.http.json.StatusException;
import org.candor.source.storageos.cluster.ApiUrl;
import org.candor.source.storageos.cluster.ClusterApi;
import org.candor.source.storageos.cluster.ClusterInventory;
import org.candor.source.storageos.cluster.Listing;
import org.candor.source.storageos.cluster.Software;
import org.candor.source.storageos.cluster.StorageOsClient;
import org.candor.source.storageos.cluster.StorageOsCredentials;
import org.candor.source.storageos.cluster.Volumes;

/** A cluster that speaks API v1. Its requests are made one after the other. */
public final class VersionOne implements ClusterApi {

  private static final String ROOT = "v1";
  private static final String NAMESPACES = "namespaces";

  private final StorageOsClient client;
  private final ApiUrl place;
  private final StorageOsCredentials credentials;

  public VersionOne(StorageOsClient client, ApiUrl place, StorageOsCredentials credentials) {
    this.client = client;
    this.place = place;
    this.credentials = credentials;
  }

  @Override
  public ClusterInventory inventory(Deadline deadline) throws SourceException {
    Nodes nodes = nodes(deadline);
    Software software = nodes.software().isPresent() ? nodes.software().get() : server(deadline);
    long pools = ask(deadline, Listing::count, ROOT, "pools");
    List<String> namespaces =
        ask(deadline, json -> Listing.segments(json, "name"), ROOT, NAMESPACES);
    long rules = 0;
    Volumes volumes = new Volumes();
    for (String namespace : namespaces) {
      ask(
          deadline,
          json -> V1VolumesReader.read(json, volumes),
          ROOT,
          NAMESPACES,
          namespace,
          "volumes");
      rules += ask(deadline, Listing::count, ROOT, NAMESPACES, namespace, "rules");
    }
    return new ClusterInventory(
        software,
        nodes.count(),
        OptionalLong.of(pools),
        namespaces.size(),
        OptionalLong.of(rules),
        volumes);
  }

  /** {@code licenceType} of {@code types/licence.go}. */
  @Override
  public String licenceType(Deadline deadline) throws SourceException {
    return ask(deadline, json -> Listing.text(json, "licenceType"), ROOT, "licencing");
  }

  // Release 0.10.0 renamed the controllers to nodes.
  private Nodes nodes(Deadline deadline) throws SourceException {
    try {
      return ask(deadline, NodesReader::read, ROOT, "nodes");
    } catch (StatusException e) {
      if (e.status() != StatusException.NOT_FOUND) {
        throw e;
      }
      return ask(deadline, NodesReader::read, ROOT, "controllers");
    }
  }

  // What the answering node runs, for clusters whose list of nodes does not tell; go-api asks for
  // it without the API's version.
  private Software server(Deadline deadline) throws SourceException {
    try {
      return ask(deadline, SoftwareReader::read, ROOT, "version");
    } catch (StatusException e) {
      if (e.status() != StatusException.NOT_FOUND) {
        throw e;
      }
    }
    try {
      return ask(deadline, SoftwareReader::read, "version");
    } catch (StatusException e) {
      if (e.status() != StatusException.NOT_FOUND) {
        throw e;
      }
      return Software.UNKNOWN;
    }
  }

  private <T> T ask(Deadline deadline, Json.Document<T> document, String... path)
      throws SourceException {
    HttpCall call = HttpCall.get(place.at(path)).with("Authorization", credentials.basic());
    return client.ask(call, deadline, document);
  }
}
