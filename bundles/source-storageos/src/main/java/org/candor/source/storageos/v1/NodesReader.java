package org.candor.source.storageos.v1;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.candor.http.json.Json;
import org.candor.source.storageos.cluster.Software;

/**
 * Reads the answer of {@code /v1/nodes}: a list of what {@code types/node.go} describes, of which
 * only {@code versionInfo.storageos} is kept.
 */
final class NodesReader {

  /** Versions that are told apart; a cluster has two while it is upgraded. */
  private static final int LIMIT = 100;

  private final Json json;
  private final Map<Software, Long> running = new LinkedHashMap<>();
  private long count;

  private NodesReader(Json json) {
    this.json = json;
  }

  static Nodes read(Json json) throws IOException {
    return new NodesReader(json).list();
  }

  private Nodes list() throws IOException {
    json.items(
        () -> {
          json.members(this::node);
          count++;
        });
    return new Nodes(count, most());
  }

  private void node(String member) throws IOException {
    if (member.equals("versionInfo")) {
      json.members(this::component);
    } else {
      json.skip();
    }
  }

  private void component(String name) throws IOException {
    if (!name.equals("storageos")) {
      json.skip();
      return;
    }
    Software software = SoftwareReader.read(json);
    if (!software.equals(Software.UNKNOWN)
        && (running.size() < LIMIT || running.containsKey(software))) {
      running.merge(software, 1L, Long::sum);
    }
  }

  private Optional<Software> most() {
    Optional<Map.Entry<Software, Long>> most = Optional.empty();
    for (Map.Entry<Software, Long> entry : running.entrySet()) {
      if (most.isEmpty() || entry.getValue() > most.get().getValue()) {
        most = Optional.of(entry);
      }
    }
    return most.map(Map.Entry::getKey);
  }
}
