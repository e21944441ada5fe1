package org.candor.source.storageos.v2;

import java.io.IOException;
import org.candor.http.json.Json;
import org.candor.source.storageos.cluster.Listing;
import org.candor.source.storageos.cluster.Volumes;

/**
 * Reads the answer of {@code /v2/namespaces/ID/volumes}: a list of the schema {@code Volume}, whose
 * {@code sizeBytes} is in bytes, whose {@code master} and {@code replicas} have a {@code health}
 * each, and whose label {@code storageos.com/replicas} says how many replicas are asked for (the
 * label that {@code storageos/go-cli} compares the ready ones with).
 */
final class V2VolumesReader {

  private static final String ASKED = "storageos.com/replicas";

  private final Json json;
  private final Replication replication = new Replication();
  private long size = -1;

  private V2VolumesReader(Json json) {
    this.json = json;
  }

  /** Adds all volumes of an answer. */
  static Volumes read(Json json, Volumes volumes) throws IOException {
    json.items(() -> new V2VolumesReader(json).volume(volumes));
    return volumes;
  }

  private void volume(Volumes volumes) throws IOException {
    json.members(this::member);
    if (size < 0) {
      throw json.wrong("a volume without sizeBytes");
    }
    try {
      volumes.add(replication.health(), size);
    } catch (ArithmeticException e) {
      throw json.wrong("sizes beyond all measure");
    }
  }

  private void member(String name) throws IOException {
    switch (name) {
      case "sizeBytes" -> size = json.count();
      case "master" -> replication.master(Listing.text(json, "health"));
      case "replicas" -> json.items(() -> replication.replica(Listing.text(json, "health")));
      case "labels" -> json.members(this::label);
      default -> json.skip();
    }
  }

  private void label(String name) throws IOException {
    if (name.equals(ASKED)) {
      replication.asked(json.text());
    } else {
      json.skip();
    }
  }
}
