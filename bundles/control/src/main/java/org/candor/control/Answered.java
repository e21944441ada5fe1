package org.candor.control;

import java.util.List;
import org.candor.api.consent.Purpose;

/**
 * What became of answers.
 *
 * @param done whether they were taken; false when somebody else has answered since
 * @param refused grants that were not taken; everything else was
 */
public record Answered(boolean done, List<Refused> refused) {

  public Answered {
    refused = List.copyOf(refused);
  }

  /**
   * A grant over something that says no now.
   *
   * @param purpose what it was for
   * @param layer what says no
   * @param why which file and key, variable or resource, and with what value
   */
  public record Refused(Purpose purpose, String layer, String why) {}
}
