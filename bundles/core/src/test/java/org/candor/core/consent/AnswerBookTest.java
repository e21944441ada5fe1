package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;
import org.junit.jupiter.api.Test;

class AnswerBookTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Subject USAGE = Subject.of(Purpose.USAGE);

  @Test
  void whateverCopiesComeTogetherADenialStandsUntilAGrantNamesIt() {
    AnswerBook denied = AnswerBook.EMPTY.withDenials(List.of(denial("d")));
    AnswerBook granted = denied.withGrants(List.of(grant("g", NOON, "other")));
    assertThat(denied.merge(granted).stage()).hasSize(1);
    assertThat(granted.merge(denied).stage()).hasSize(1);
    AnswerBook named = AnswerBook.EMPTY.withGrants(List.of(grant("h", NOON, "d")));
    assertThat(denied.merge(named).stage()).isEmpty();
    assertThat(named.merge(denied).stage()).isEmpty();
    assertThat(denied.merge(named).grants()).containsOnlyKeys("h");
  }

  @Test
  void ofTwoCopiesOfADenialTheOneCountsThatKnowsThatItsOriginIsGone() {
    AnswerBook stands = AnswerBook.EMPTY.withDenials(List.of(denial("d")));
    AnswerBook gone = AnswerBook.EMPTY.withDenials(List.of(denial("d").vanished(NOON)));
    assertThat(stands.merge(gone).denials().get("d").vanished()).contains(NOON);
    assertThat(gone.merge(stands).denials().get("d").vanished()).contains(NOON);
  }

  @Test
  void whatBothKnowIsAsTheFirstKnowsIt() {
    Decision on = new Decision(ConsentState.GRANT, "answers");
    Decision off = new Decision(ConsentState.DENIAL, "answers");
    AnswerBook one =
        AnswerBook.EMPTY
            .withRemembered(List.of(heard("spec", Verdict.allows("a"))))
            .withChanges(Map.of(Purpose.USAGE, on), List.of(change("late", NOON)));
    AnswerBook other =
        AnswerBook.EMPTY
            .withRemembered(
                List.of(heard("spec", Verdict.forbids("b")), heard("more", Verdict.silent(""))))
            .withChanges(
                Map.of(Purpose.USAGE, off, Purpose.ERRORS, off),
                List.of(change("early", NOON.minusSeconds(1)), change("late", NOON)));
    AnswerBook merged = one.merge(other);
    assertThat(merged.remembered().get("spec/usage").verdict()).isEqualTo(Verdict.allows("a"));
    assertThat(merged.remembered()).containsKey("more/usage");
    assertThat(merged.decision(Purpose.USAGE)).isEqualTo(on);
    assertThat(merged.decision(Purpose.ERRORS)).isEqualTo(off);
    assertThat(merged.decision(Purpose.VERSION_CHECK)).isEqualTo(Decision.NONE);
    assertThat(merged.unrecorded()).extracting(ConsentChange::id).containsExactly("early", "late");
    assertThat(merged.withoutUnrecorded(Set.of("early")).unrecorded())
        .extracting(ConsentChange::id)
        .containsExactly("late");
  }

  @Test
  void linesOfALaterVersionAreKeptFromBoth() {
    AnswerBook one = foreign("x");
    assertThat(one.merge(foreign("y")).foreign()).containsExactlyInAnyOrder("x", "y");
    assertThat(one.withDenials(List.of(denial("d"))).foreign()).containsExactly("x");
  }

  @Test
  void theOldestDenialIsTheFirstAndTheIdDecidesBetweenTwoOfOneMoment() {
    AnswerBook book =
        AnswerBook.EMPTY.withDenials(
            List.of(denial("b"), denial("a"), denial("z", NOON.minusSeconds(1))));
    assertThat(book.stage().map(Denial::id)).containsExactly("z", "a", "b");
    assertThat(book.stage(USAGE, "file")).hasSize(3);
    assertThat(book.stage(USAGE, "answers")).isEmpty();
    assertThat(book.stage(Subject.channel("c"))).isEmpty();
    assertThat(book.withoutDenials(Set.of("a")).denials()).containsOnlyKeys("b", "z");
  }

  @Test
  void whatVanishedAndWasSaidAgainCountsOnce() {
    AnswerBook book =
        AnswerBook.EMPTY
            .withDenials(List.of(denial("d").vanished(NOON)))
            .withDenials(List.of(denial("e")));
    assertThat(book.denials()).containsOnlyKeys("e");
    assertThat(book.withReplaced(List.of(denial("e").vanished(NOON), denial("f"))).denials())
        .as("none is added")
        .containsOnlyKeys("e");
  }

  @Test
  void theNewestGrantOfALayerIsFound() {
    AnswerBook book =
        AnswerBook.EMPTY.withGrants(
            List.of(grant("new", NOON, "d"), grant("old", NOON.minusSeconds(1), "d")));
    assertThat(book.grant(USAGE, "answers", Optional.empty()).map(Grant::id)).contains("new");
    assertThat(book.grant(USAGE, "file", Optional.empty())).isEmpty();
    assertThat(book.grant(Subject.channel("c"), "answers", Optional.empty())).isEmpty();
    assertThat(book.grant(USAGE, "answers", Optional.of(NOON.minusSeconds(1))).map(Grant::id))
        .contains("new");
    assertThat(book.grant(USAGE, "answers", Optional.of(NOON))).isEmpty();
  }

  @Test
  void whatIsPrunedIsWhatWasTakenBackLongAgoAndNothingElse() {
    AnswerBook book =
        AnswerBook.EMPTY
            .withRemembered(List.of(heard("spec", Verdict.allows("a"))))
            .withDenials(List.of(denial("stands", NOON.minusSeconds(9999))))
            .withGrants(
                List.of(
                    grant("elsewhere", NOON.minusSeconds(9999), "not-here"),
                    ofAChannel("newest-of-its-channel", NOON.minusSeconds(9999))));
    for (int i = 0; i < 201; i++) {
      book =
          book.withDenials(List.of(denial("d" + i, NOON.plusSeconds(i))))
              .withGrants(List.of(grant("g" + i, NOON.plusSeconds(i), "d" + i)));
    }
    AnswerBook pruned = book.pruned();
    assertThat(pruned.denials()).hasSize(201).doesNotContainKey("d0").containsKeys("d1", "stands");
    assertThat(pruned.grants())
        .hasSize(201)
        .doesNotContainKeys("g0", "elsewhere")
        .containsKey("newest-of-its-channel");
    assertThat(pruned.remembered()).isEqualTo(book.remembered());
    assertThat(pruned.stage().map(Denial::id)).containsExactly("stands");
  }

  private static AnswerBook foreign(String line) {
    return new AnswerBook(Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Set.of(line));
  }

  private static RememberedDecision heard(String layer, Verdict verdict) {
    return new RememberedDecision(layer, Purpose.USAGE, verdict);
  }

  private static Denial denial(String id) {
    return denial(id, NOON);
  }

  private static Denial denial(String id, Instant at) {
    return new Denial(id, USAGE, "file", ConsentFixture.SHELL, at, "why", Optional.empty());
  }

  private static Grant ofAChannel(String id, Instant at) {
    return new Grant(
        id, Subject.channel("c"), "answers", ConsentFixture.SHELL, at, Set.of("not-here"), false);
  }

  private static Grant grant(String id, Instant at, String takesBack) {
    return new Grant(id, USAGE, "answers", ConsentFixture.SHELL, at, Set.of(takesBack), false);
  }

  private static ConsentChange change(String id, Instant at) {
    return new ConsentChange(
        id,
        at,
        Optional.of(Purpose.USAGE),
        Optional.empty(),
        ConsentState.UNSET,
        ConsentState.DENIAL,
        Way.SHELL,
        "",
        "");
  }
}
