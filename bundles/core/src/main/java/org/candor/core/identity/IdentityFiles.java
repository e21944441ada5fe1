package org.candor.core.identity;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.candor.core.settings.ConfigFile;
import org.candor.core.settings.Etc;

/** The files that say who this installation is. */
public final class IdentityFiles {

  static final String CLUSTER_ID = "clusterId";
  static final String NODE_ID = "nodeId";
  private static final String CLUSTER_ID_FILE = "clusterIdFile";
  private static final String SECRET = IdentityConfig.PID + ".secret";

  private final ConfigFile file;
  private final Secret secret;

  public IdentityFiles(Etc etc) {
    this.file = etc.file(IdentityConfig.PID);
    this.secret = secret(etc);
  }

  static Secret secret(Etc etc) {
    return new Secret(etc.beside(SECRET));
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
    Map<String, String> values = file.read().orElse(Map.of());
    Map<String, String> changes = new HashMap<>();
    changes.put(NODE_ID, UUID.randomUUID().toString());
    if (isBlank(values, CLUSTER_ID_FILE) || !isBlank(values, CLUSTER_ID)) {
      changes.put(CLUSTER_ID, UUID.randomUUID().toString());
    }
    file.write(changes);
  }

  private static boolean isBlank(Map<String, String> values, String key) {
    return values.getOrDefault(key, "").isBlank();
  }
}
