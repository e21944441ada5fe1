package org.candor.api.control;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Making this installation one that nobody has heard of. */
@ProviderType
public interface Forgetting {

  /**
   * Aborts what is on its way, erases the queue, the journal with its payloads, the crashes seen
   * and the news of upgrades, and makes new ids and a new secret. The owner's answers stay, and the
   * grace period begins anew. What endpoints already hold is out of reach.
   *
   * @return what is gone now and cannot be asked for again
   * @throws IOException when not all could be done; the message says whether something was erased.
   *     What was begun is finished later, also after a restart, and nothing leaves before
   */
  Forgotten forget() throws IOException;
}
