package org.candor.core.crash;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.core.consent.Consent;

/**
 * Consent to report crashes: what happens while the owner says no, or that no channel has taken
 * when the owner says no, is withheld for good.
 */
final class CrashConsent {

  private final Consent consent;

  CrashConsent(Consent consent) {
    this.consent = consent;
  }

  boolean isAllowed() {
    return consent.explain(Purpose.ERRORS).allowed();
  }

  /** Of a crash that happens now. */
  CrashStage stage() {
    return isAllowed() ? CrashStage.NEW : CrashStage.WITHHELD;
  }

  /** Withholds all that no channel has taken. */
  static void withhold(CrashContents contents, Instant now) {
    contents.crashes().withhold();
    // What was counted before the no must not leave after the next yes.
    for (Map.Entry<String, Repetition> entry : contents.repetitions().all().entrySet()) {
      Optional<CrashLoop> loop = entry.getValue().loop();
      if (loop.isPresent()) {
        contents
            .crashes()
            .add(
                loop.get().first(),
                loop.get().component(),
                loop.get().count(),
                CrashStage.WITHHELD);
        contents.repetitions().remember(entry.getKey(), entry.getValue().next(now));
      }
    }
  }
}
