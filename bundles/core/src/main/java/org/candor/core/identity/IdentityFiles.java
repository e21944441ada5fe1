package org.candor.core.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.candor.core.settings.Etc;
import org.candor.core.settings.KeyValues;
import org.candor.core.settings.OwnersFile;
import org.candor.core.settings.StateFile;
import org.candor.core.settings.UnsettledException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Identity store: the files of Candor's own that say who this installation is: the ids that are in
 * force, and the secret. Thread-safe.
 */
@Component(service = IdentityFiles.class)
public final class IdentityFiles {

  static final String CLUSTER_ID = "clusterId";
  static final String NODE_ID = "nodeId";
  static final String CLUSTER_ID_FILE = "clusterIdFile";
  private static final String IDS = IdentityConfig.PID + ".ids";
  private static final String SECRET = IdentityConfig.PID + ".secret";

  private static final int LOOKS = 8;
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final StateFile file;
  private final OwnersFile owners;
  private final Secret secret;
  private String version = "";
  private Optional<Ids> known = Optional.empty();

  @Activate
  public IdentityFiles(@Reference Etc etc) {
    this.file = etc.state(IDS);
    this.owners = etc.owners(IdentityConfig.PID);
    this.secret = new Secret(etc.state(SECRET));
  }

  Secret secret() {
    return secret;
  }

  /** What is kept. Asks the disk for no more than whether it changed, once it is known. */
  synchronized Ids ids() throws IOException {
    String now = file.version();
    if (known.isEmpty() || !now.equals(version)) {
      Optional<String> text = file.newest();
      known = Optional.of(text.isPresent() ? new Ids(KeyValues.read(text.get())) : Ids.NONE);
      version = now;
    }
    return known.get();
  }

  /**
   * Changes what is kept; on disk when this returns.
   *
   * @throws IOException when it can be kept nowhere, in full sentences; nothing is changed then
   */
  synchronized Ids change(UnaryOperator<Ids> change) throws IOException {
    Ids before = ids();
    Ids after = change.apply(before);
    if (!after.equals(before)) {
      known = Optional.empty();
      file.write(KeyValues.text(after.values()));
      known = Optional.of(after);
      version = file.version();
    }
    return after;
  }

  /**
   * What the owner's file says, in any case of its keys; empty when there is none. Waits a moment
   * for whoever is writing it: File Install does so in place.
   */
  Optional<Map<String, String>> owners() throws IOException {
    for (int look = 1; look < LOOKS; look++) {
      try {
        return owners.read();
      } catch (UnsettledException e) {
        LockSupport.parkNanos(MOMENT.toNanos());
      }
    }
    return owners.read();
  }

  /** Differs whenever somebody has written the owner's file. */
  String ownersVersion() {
    return owners.version();
  }

  /** Where the ids are kept, or would be. */
  public Path place() {
    List<Path> places = file.places();
    try {
      List<StateFile.Copy> copies = file.copies();
      return copies.isEmpty() ? places.get(0) : copies.get(0).path();
    } catch (IOException e) {
      return places.stream().filter(Files::exists).findFirst().orElse(places.get(0));
    }
  }

  /** Makes another secret. */
  public void renewSecret() throws IOException {
    secret.renew();
  }

  /** Has the next that needs a secret make one. */
  public void removeSecret() throws IOException {
    secret.remove();
  }

  /**
   * Makes other ids; those that the owner's file names count no more until it names others. A
   * cluster's id that comes from a file of its owner stays, since others read it too.
   */
  public void renewIds() throws IOException {
    Map<String, String> given = owners().orElse(Map.of());
    boolean clustersOwn = given.getOrDefault(CLUSTER_ID_FILE, "").isBlank();
    change(
        ids -> {
          Ids next = withAnotherNode(retired(ids, given));
          return clustersOwn ? withAnother(next, CLUSTER_ID) : next;
        });
  }

  /**
   * Removes all ids and where this installation is; those that the owner's file names count no more
   * until it names others. What begins from here is a copy, wherever it is: no grant of before
   * counts.
   *
   * @param store its folder, which says too where this is
   * @param now from when on grants count
   */
  public void removeIds(Path store, Instant now) throws IOException {
    Map<String, String> given = owners().orElse(Map.of());
    change(
        ids ->
            retired(withAnother(withAnotherNode(ids), CLUSTER_ID), given)
                .without(CLUSTER_ID)
                .without(NODE_ID)
                .anywhere()
                .withCopied(now));
    new LocationNote(store).delete();
  }

  /** Which of the ids that the owner's file names count no more. */
  public List<String> retired() throws IOException {
    Map<String, String> given = owners().orElse(Map.of());
    List<String> retired = new ArrayList<>();
    for (String key : List.of(CLUSTER_ID, NODE_ID)) {
      if (ids().isRetired(key, given.getOrDefault(key, "").strip())) {
        retired.add(key);
      }
    }
    return retired;
  }

  private static Ids retired(Ids ids, Map<String, String> given) {
    Ids next = ids;
    for (String key : List.of(CLUSTER_ID, NODE_ID)) {
      String id = given.getOrDefault(key, "").strip();
      if (!id.isEmpty() && !id.contains("${")) {
        next = next.withRetired(key, id);
      }
    }
    return next;
  }

  static Ids withAnotherNode(Ids ids) {
    return withAnother(ids, NODE_ID);
  }

  private static Ids withAnother(Ids ids, String key) {
    return ids.inForce(key)
        .map(id -> ids.withRetired(key, id))
        .orElse(ids)
        .withInForce(key, UUID.randomUUID().toString());
  }
}
