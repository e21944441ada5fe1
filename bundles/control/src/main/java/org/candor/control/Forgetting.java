package org.candor.control;

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

  /**
   * Makes this installation fit to be copied: as {@link #forget}, and besides, what was announced
   * is erased, and no new ids are generated. Until the next start nothing is sent. That start, here
   * or of a copy and at any path, erases again what was made meanwhile and begins like a first one.
   * The owner's settings and answers stay.
   *
   * @return what is gone now and cannot be asked for again
   * @throws IOException as {@link #forget}
   */
  Forgotten prepareImage() throws IOException;
}
