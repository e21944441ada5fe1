package org.candor.source.kubernetes.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.Deadline;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.json.Json;

/** Finds the paths of a kind, by the API's own lists ({@code APIGroupList, APIResourceList}). */
public final class Discovery {

  private static final ApiResource STORAGEOS_CLUSTER =
      new ApiResource("storageos.com/v1", "storageosclusters", true);
  private static final String NAME = "[a-z0-9][a-z0-9.-]*";

  private final ApiServerClient client;

  public Discovery(ApiServerClient client) {
    this.client = client;
  }

  /**
   * The resource of that name. StorageOSCluster is known without a question, and a name with a
   * group is looked up in that group; one that stands alone in the preferred version of all groups.
   */
  public ApiResource find(KindName kind, Deadline deadline) throws SourceException {
    if (kind.equals(KindName.of("StorageOSCluster"))) {
      return STORAGEOS_CLUSTER;
    }
    List<ApiResource> found =
        kind.alone()
            ? everywhere(kind.word(), deadline)
            : in(kind.group() + "/" + kind.version(), kind.word(), deadline);
    if (found.size() != 1) {
      throw new SourceException(
          FailureReason.REFUSED,
          "specKind = "
              + kind
              + (found.isEmpty()
                  ? " is not known to this cluster; check it, and that its definition is installed."
                  : " is in several groups of this cluster; write it with version and group."));
    }
    return found.get(0);
  }

  // A group that does not answer, such as one whose own server is down, hides no other.
  private List<ApiResource> everywhere(String word, Deadline deadline) throws SourceException {
    List<ApiResource> found = new ArrayList<>();
    Optional<SourceException> failure = Optional.empty();
    for (String group : client.ask("/apis", deadline, Discovery::groups)) {
      try {
        found.addAll(in(group, word, deadline));
      } catch (SourceException e) {
        failure = failure.or(() -> Optional.of(e));
      }
    }
    if (found.isEmpty() && failure.isPresent()) {
      throw failure.get();
    }
    return found;
  }

  private List<ApiResource> in(String groupVersion, String word, Deadline deadline)
      throws SourceException {
    return client.ask(
        "/apis/" + groupVersion, deadline, json -> resources(json, groupVersion, word));
  }

  private static List<String> groups(Json json) throws IOException {
    List<String> groups = new ArrayList<>();
    json.members(
        key -> {
          if (key.equals("groups")) {
            json.items(() -> groups.add(preferred(json)));
          } else {
            json.skip();
          }
        });
    return groups;
  }

  private static String preferred(Json json) throws IOException {
    String[] version = {""};
    json.members(
        key -> {
          if (key.equals("preferredVersion")) {
            json.members(
                inner -> {
                  if (inner.equals("groupVersion")) {
                    version[0] = json.text();
                  } else {
                    json.skip();
                  }
                });
          } else {
            json.skip();
          }
        });
    if (!version[0].matches(NAME + "/" + NAME)) {
      throw json.wrong("no version of a group");
    }
    return version[0];
  }

  private static List<ApiResource> resources(Json json, String groupVersion, String word)
      throws IOException {
    List<ApiResource> found = new ArrayList<>();
    json.members(
        key -> {
          if (key.equals("resources")) {
            json.items(() -> resource(json, groupVersion, word).ifPresent(found::add));
          } else {
            json.skip();
          }
        });
    return found;
  }

  private static Optional<ApiResource> resource(Json json, String groupVersion, String word)
      throws IOException {
    String[] name = {""};
    String[] kind = {""};
    boolean[] namespaced = {false};
    json.members(
        key -> {
          switch (key) {
            case "name" -> name[0] = json.text();
            case "kind" -> kind[0] = json.text();
            case "namespaced" -> namespaced[0] = json.flag();
            default -> json.skip();
          }
        });
    // Subresources, such as deployments/status, are of the same kind.
    boolean it = name[0].matches(NAME) && (word.equals(kind[0]) || word.equals(name[0]));
    return it
        ? Optional.of(new ApiResource(groupVersion, name[0], namespaced[0]))
        : Optional.empty();
  }
}
