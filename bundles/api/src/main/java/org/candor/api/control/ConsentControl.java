package org.candor.api.control;

import java.io.IOException;
import java.util.Set;
import org.candor.api.consent.Purpose;
import org.osgi.annotation.versioning.ProviderType;

/** Who says what about which purpose, and answering for the owner. */
@ProviderType
public interface ConsentControl {

  /** Every layer's word and who decides. */
  Explanation explain(Purpose purpose);

  /**
   * What {@code etc/org.candor.consent.cfg} says, whatever other layers say. What cannot be
   * understood there counts as a no.
   *
   * @throws IOException when the file cannot be read
   */
  Answers answers() throws IOException;

  /**
   * Writes the owner's answers to {@code etc/org.candor.consent.cfg}; what they leave out stays as
   * it is. They are obeyed, and on disk, when this returns. A stricter layer may still forbid: ask
   * {@link #explain}. A yes also has the words forgotten of layers that are not installed any more.
   *
   * @throws IOException when they could not be written; a no is obeyed all the same until the
   *     restart
   */
  void answer(Answers answers) throws IOException;

  /**
   * As {@link #answer}, if nobody else has answered in the meantime.
   *
   * @param seen what {@link #answers()} returned
   * @return whether it was done; false when {@link #answers()} is now another
   * @throws IOException as there
   */
  boolean answerIf(Answers seen, Answers answers) throws IOException;

  /** As {@link #answer(Answers)}, with the same answer for each purpose. */
  default void answer(Set<Purpose> purposes, boolean allowed) throws IOException {
    answer(Answers.of(purposes, allowed));
  }
}
