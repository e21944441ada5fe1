package org.candor.api.crash;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Takes crashes from whoever notices them; a service of core. Safe for several threads. */
@ProviderType
public interface CrashIntake {

  /**
   * Takes a crash. It is on disk when this returns, so that its traces may be removed then. What
   * was taken before, by its id, is not taken again.
   *
   * @return whether it was new
   * @throws IOException when it cannot be kept; offer it again later
   */
  boolean take(Crash crash) throws IOException;
}
