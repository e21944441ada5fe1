package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;
import org.junit.jupiter.api.Test;

class AnswerCodecTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.5Z");
  private static final Subject USAGE = Subject.of(Purpose.USAGE);

  private final List<String> damaged = new ArrayList<>();

  @Test
  void aBookIsReadAsItWasWritten() {
    AnswerBook book = book();
    String text = AnswerCodec.encode(book);
    assertThat(text.lines()).hasSize(9);
    assertThat(AnswerCodec.decode(text, damaged::add)).isEqualTo(book);
    assertThat(damaged).isEmpty();
    assertThat(AnswerCodec.encode(AnswerCodec.decode(text, damaged::add)))
        .as("always in the same order")
        .isEqualTo(text);
  }

  @Test
  void commentsAndEmptyLinesSayNothing() {
    assertThat(AnswerCodec.decode("# who wrote this\n\n  \n", damaged::add))
        .isEqualTo(AnswerBook.EMPTY);
    assertThat(damaged).isEmpty();
  }

  @Test
  void aDamagedLineIsADenialOfEachPurposeUnderTheSameIdEachTime() {
    AnswerBook book = AnswerCodec.decode("{\"kind\":\"denial\"}\n", damaged::add);
    assertThat(damaged).containsExactly("{\"kind\":\"denial\"}");
    assertThat(book.stage().map(Denial::subject))
        .containsExactlyInAnyOrder(
            USAGE, Subject.of(Purpose.ERRORS), Subject.of(Purpose.VERSION_CHECK));
    assertThat(book.denials().keySet()).allMatch(id -> id.matches("damaged-[0-9a-f]{16}-[a-z-]+"));
    assertThat(AnswerCodec.decode("{\"kind\":\"denial\"}", damaged::add)).isEqualTo(book);
    assertThat(AnswerCodec.decode("{\"kind\":\"grant\"}", damaged::add).denials().keySet())
        .as("another line is another denial")
        .doesNotContainAnyElementsOf(book.denials().keySet());
  }

  @Test
  void aWordThatNobodyKnowsIsDamaged() {
    String text = AnswerCodec.encode(AnswerBook.EMPTY.withRemembered(book().remembered().values()));
    AnswerCodec.decode(text.replace("\"allows\"", "\"perhaps\""), damaged::add);
    assertThat(damaged).hasSize(1);
  }

  private static AnswerBook book() {
    return new AnswerBook(
        Map.of(
            "d1", denial("d1", USAGE, Optional.empty()),
            "d2", denial("d2", Subject.channel("c"), Optional.of(NOON.plusSeconds(9)))),
        Map.of(
            "g1",
                new Grant(
                    "g1", USAGE, "file", ConsentFixture.SHELL, NOON, Set.of("d1", "d0"), true),
            "g2", new Grant("g2", USAGE, "answers", ConsentFixture.SHELL, NOON, Set.of(), false)),
        Map.of(
            "spec/usage",
            new RememberedDecision(
                "spec", Purpose.USAGE, new Verdict(LayerAnswer.ALLOWS, "why", "cluster-1"))),
        Map.of(Purpose.ERRORS, new Decision(ConsentState.DENIAL, "answers")),
        List.of(
            change("c1", Optional.of(Purpose.USAGE), Optional.empty()),
            change("c2", Optional.empty(), Optional.of("c"))),
        Set.of("{\"kind\":\"of a later version\"}"));
  }

  private static Denial denial(String id, Subject subject, Optional<Instant> vanished) {
    return new Denial(id, subject, "file", ConsentFixture.SHELL, NOON, "why", vanished);
  }

  private static ConsentChange change(
      String id, Optional<Purpose> purpose, Optional<String> channel) {
    return new ConsentChange(
        id,
        NOON,
        purpose,
        channel,
        ConsentState.UNSET,
        ConsentState.GRANT,
        Way.HTTP,
        "admin",
        "10.0.0.1");
  }
}
