package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTrailTest {

  @ParameterizedTest
  @CsvSource({
    "UNSET, DENIAL, usage is off now: answered",
    "GRANT, DENIAL, usage is off now: answered",
    "DENIAL, DENIAL, usage stays off: answered",
    "DENIAL, GRANT, usage is on now: answered",
    "GRANT, GRANT, usage stays on: answered",
    "GRANT, UNSET, usage is no longer answered: taken back"
  })
  void aChangeIsASentence(ConsentState from, ConsentState to, String sentence) {
    assertThat(
            AuditTrail.sentence(
                change(Optional.of(Purpose.USAGE), Optional.empty(), from, to), Optional.empty()))
        .isEqualTo(sentence + " by anna in the shell from ::1 at 2026-11-21T12:00:00Z.");
  }

  @Test
  void itNamesAChannelAndWhySomethingIsOff() {
    assertThat(
            AuditTrail.sentence(
                change(
                    Optional.empty(),
                    Optional.of("segment"),
                    ConsentState.UNSET,
                    ConsentState.DENIAL),
                Optional.of("so it is")))
        .startsWith("segment is off now: answered by anna")
        .endsWith("Z (so it is).");
  }

  private static ConsentChange change(
      Optional<Purpose> purpose, Optional<String> channel, ConsentState from, ConsentState to) {
    return new ConsentChange(
        "id",
        Instant.parse("2026-11-21T12:00:00.5Z"),
        purpose,
        channel,
        from,
        to,
        Way.SHELL,
        "anna",
        "::1");
  }
}
