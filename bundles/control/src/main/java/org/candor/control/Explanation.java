package org.candor.control;

import java.util.List;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;

/**
 * Whether a purpose is allowed, and on whose word.
 *
 * @param purpose asked about
 * @param allowed whether its data may leave
 * @param decidedBy the layer that decides; {@code default} when all are silent
 * @param layers every layer's word, strictest first
 */
public record Explanation(
    Purpose purpose, boolean allowed, String decidedBy, List<LayerExplanation> layers) {

  /**
   * One layer's setting.
   *
   * @param layer its name
   * @param verdict what it says
   * @param why where it was said, by whom and when, for people
   * @param yields whether a grant of shell, API or page takes a denial back: it came from there, or
   *     its origin does not say so any more
   */
  public record LayerExplanation(String layer, LayerAnswer verdict, String why, boolean yields) {

    public LayerExplanation(String layer, LayerAnswer verdict, String why) {
      this(layer, verdict, why, false);
    }
  }
}
