package org.candor.core.identity;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.candor.core.settings.ConfigFile;
import org.candor.core.settings.Etc;
import org.candor.core.settings.UnsettledException;

/** The files that say who this installation is. */
public final class IdentityFiles {

  static final String CLUSTER_ID = "clusterId";
  static final String NODE_ID = "nodeId";
  private static final String CLUSTER_ID_FILE = "clusterIdFile";
  private static final String SECRET = IdentityConfig.PID + ".secret";

  /** File Install writes in place; that takes it milliseconds. */
  private static final int LOOKS = 8;

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final ConfigFile file;
  private final Secret secret;

  public IdentityFiles(Etc etc) {
    this.file = etc.file(IdentityConfig.PID);
    this.secret = secret(etc);
  }

  static Secret secret(Etc etc) {
    return new Secret(etc.beside(SECRET));
  }

  /** What the file of the ids says; waits a moment for whoever is writing it. */
  Optional<Map<String, String>> values() throws IOException {
    for (int look = 1; look < LOOKS; look++) {
      try {
        return file.read();
      } catch (UnsettledException e) {
        LockSupport.parkNanos(MOMENT.toNanos());
      }
    }
    return file.read();
  }

  /** Differs whenever somebody has written the file of the ids. */
  String version() {
    return file.version();
  }

  void write(Map<String, String> changes) throws IOException {
    file.awaitTaken();
    file.write(changes);
  }

  /** Makes another secret. */
  public void renewSecret() throws IOException {
    secret.renew();
  }

  /**
   * Makes other ids. A cluster's id that comes from a file of its owner stays, since others read it
   * too.
   */
  public void renewIds() throws IOException {
    Map<String, String> values = values().orElse(Map.of());
    Map<String, String> changes = new HashMap<>();
    changes.put(NODE_ID, UUID.randomUUID().toString());
    if (isBlank(values, CLUSTER_ID_FILE) || !isBlank(values, CLUSTER_ID)) {
      changes.put(CLUSTER_ID, UUID.randomUUID().toString());
    }
    write(changes);
  }

  private static boolean isBlank(Map<String, String> values, String key) {
    return values.getOrDefault(key, "").isBlank();
  }
}
