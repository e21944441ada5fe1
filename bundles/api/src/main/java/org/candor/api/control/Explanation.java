package org.candor.api.control;

import java.util.List;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Word;

/**
 * Whether a purpose is allowed, and on whose word.
 *
 * @param purpose asked about
 * @param allowed whether its data may leave
 * @param decidedBy the layer that decides; {@code default} when all are silent
 * @param layers every layer's word, strictest first
 */
public record Explanation(
    Purpose purpose, boolean allowed, String decidedBy, List<LayerWord> layers) {

  /** One layer's word and where it was said. */
  public record LayerWord(String layer, Word verdict, String why) {}
}
