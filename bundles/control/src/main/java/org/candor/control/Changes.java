package org.candor.control;

import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Tells when it is worth asking again. Safe for several threads. */
@ProviderType
public interface Changes {

  /**
   * Calls the listener with what may have changed, from a thread of core's: within a fifth of a
   * second, and not more often than five times a second; changes in between come together. It must
   * be quick.
   *
   * @return ends that
   */
  Runnable onChange(Consumer<Set<Topic>> listener);
}
