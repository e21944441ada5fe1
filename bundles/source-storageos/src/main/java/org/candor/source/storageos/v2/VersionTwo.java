package org.candor.source.storageos.v2;

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

/** A cluster that speaks API v2. Its requests are made one after the other. */
public final class VersionTwo implements ClusterApi {

  static final String ROOT = "v2";

  /** That it answers is all that it tells: v1 calls itself {@code 1} in the same place. */
  private static final Software SOFTWARE = new Software("", "", "2", "", "", "");

  private static final String NAMESPACES = "namespaces";

  private final StorageOsClient client;
  private final ApiUrl place;
  private final Session session;

  public VersionTwo(StorageOsClient client, ApiUrl place, StorageOsCredentials credentials) {
    this.client = client;
    this.place = place;
    this.session = new Session(client, place, credentials);
  }

  @Override
  public ClusterInventory inventory(Deadline deadline) throws SourceException {
    long nodes = ask(deadline, Listing::count, ROOT, "nodes");
    OptionalLong pools = pools(deadline);
    List<String> namespaces = ask(deadline, json -> Listing.segments(json, "id"), ROOT, NAMESPACES);
    Volumes volumes = new Volumes();
    for (String namespace : namespaces) {
      ask(
          deadline,
          json -> V2VolumesReader.read(json, volumes),
          ROOT,
          NAMESPACES,
          namespace,
          "volumes");
    }
    return new ClusterInventory(
        SOFTWARE, nodes, pools, namespaces.size(), OptionalLong.empty(), volumes);
  }

  @Override
  public String licenceType(Deadline deadline) throws SourceException {
    return ask(deadline, json -> Listing.text(json, "kind"), ROOT, "cluster", "licence");
  }

  // There are none before 2.8.0.
  private OptionalLong pools(Deadline deadline) throws SourceException {
    try {
      return OptionalLong.of(ask(deadline, Listing::count, ROOT, "pools"));
    } catch (StatusException e) {
      if (e.status() != StatusException.NOT_FOUND) {
        throw e;
      }
      return OptionalLong.empty();
    }
  }

  /** Asks with the token there is; with a new one when that has expired meanwhile. */
  private <T> T ask(Deadline deadline, Json.Document<T> document, String... path)
      throws SourceException {
    Token token = session.token(deadline);
    try {
      return ask(token, deadline, document, path);
    } catch (StatusException e) {
      if (e.status() != StatusException.UNAUTHORISED) {
        throw e;
      }
      return ask(session.tokenAfter(token, deadline), deadline, document, path);
    }
  }

  private <T> T ask(Token token, Deadline deadline, Json.Document<T> document, String... path)
      throws SourceException {
    HttpCall call = HttpCall.get(place.at(path)).with("Authorization", token.bearer());
    return client.ask(call, deadline, document);
  }
}
