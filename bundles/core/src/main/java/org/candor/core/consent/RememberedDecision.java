package org.candor.core.consent;

import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;

/**
 * Last known verdict: what a layer of another bundle said last: it counts while the layer is
 * unavailable.
 *
 * @param layer its name
 * @param verdict what it said, and about which target
 */
record RememberedDecision(String layer, Purpose purpose, Verdict verdict) {

  String key() {
    return key(layer, purpose);
  }

  static String key(String layer, Purpose purpose) {
    return layer + "/" + purpose.label();
  }

  boolean isSame(RememberedDecision other) {
    return verdict.answer() == other.verdict.answer()
        && verdict.target().equals(other.verdict.target());
  }
}
