package org.candor.api.control;

import java.io.IOException;
import java.util.Set;
import org.candor.api.consent.Purpose;

/** Who says what about which purpose, and answering for the owner. */
public interface ConsentControl {

  /** Every layer's word and who decides. */
  Explanation explain(Purpose purpose);

  /**
   * Writes the owner's answer to {@code etc/org.candor.consent.cfg}. It is obeyed, and on disk,
   * when this returns. A stricter layer may still forbid: ask {@link #explain}.
   *
   * @throws IOException when it could not be written; a no is obeyed all the same until the restart
   */
  void answer(Set<Purpose> purposes, boolean allowed) throws IOException;
}
