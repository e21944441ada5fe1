package org.candor.control;

import java.io.IOException;
import org.candor.api.consent.Purpose;
import org.osgi.annotation.versioning.ProviderType;

/** Who says what about which purpose, and answering for the owner. Safe for several threads. */
@ProviderType
public interface ConsentControl {

  /** Every layer's setting and who decides. */
  Explanation explain(Purpose purpose);

  /**
   * What was answered by shell, API or page, whatever other layers say; from memory.
   *
   * @throws IOException when nobody knows, since what was answered cannot be read
   */
  Answers answers() throws IOException;

  /**
   * Takes the owner's answers; what they leave out stays as it is. They are obeyed, and on disk,
   * when this returns.
   *
   * <p>A denial holds whatever else the answers say. A grant takes back every denial of shell, API
   * and page, and every denial that something gave that is not there any more; it accepts what was
   * announced so far. A grant for a purpose that something else forbids now is refused, for that
   * purpose only.
   *
   * @throws IOException when they could not be written; a denial is obeyed all the same until the
   *     restart
   */
  Answered answer(Answers answers, Answerer answerer) throws IOException;

  /**
   * As {@link #answer}, if nobody else has answered in the meantime.
   *
   * @param seen what {@link #answers()} returned
   * @throws IOException as there
   */
  Answered answerIf(Answers seen, Answers answers, Answerer answerer) throws IOException;
}
