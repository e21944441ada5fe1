package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.Purpose;
import org.candor.control.Answerer;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;
import org.candor.core.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTrailTest {

  private static final Decision DENIED = new Decision(ConsentState.DENIAL, "answers");
  private static final Subject CHANNEL = Subject.channel("c");

  private final MovableClock clock = new MovableClock();
  private final AuditTrail trail = new AuditTrail(clock);

  @Test
  void whereNothingChangesNothingIsRecorded() {
    assertThat(record(AnswerBook.EMPTY, List.of(), List.of(), Decision.NONE, "").unrecorded())
        .isEmpty();
  }

  @Test
  void aDenialIsOnRecordUnderItsIdAndWhoGaveIt() {
    Denial denial = denial(Subject.of(Purpose.USAGE));
    AnswerBook book = record(AnswerBook.EMPTY, List.of(denial), List.of(), DENIED, "");
    assertThat(book.unrecorded())
        .containsExactly(
            new ConsentChange(
                "d",
                clock.instant(),
                Optional.of(Purpose.USAGE),
                Optional.empty(),
                ConsentState.UNSET,
                ConsentState.DENIAL,
                Way.SHELL,
                "karaf",
                "127.0.0.1"));
    assertThat(book.decisions()).containsExactly(Map.entry(Purpose.USAGE, DENIED));
  }

  @Test
  void aGrantIsOnRecordUnderItsId() {
    Decision granted = new Decision(ConsentState.GRANT, "answers");
    AnswerBook before = AnswerBook.EMPTY.withChanges(Map.of(Purpose.USAGE, DENIED), List.of());
    AnswerBook book =
        record(before, List.of(), List.of(grant(Subject.of(Purpose.USAGE))), granted, "");
    assertThat(book.unrecorded())
        .extracting(ConsentChange::id, ConsentChange::from, ConsentChange::to)
        .containsExactly(tuple("g", ConsentState.DENIAL, ConsentState.GRANT));
  }

  @Test
  void aChannelsDenialComesAfterItsGrantIfThereWasOne() {
    AnswerBook none =
        record(AnswerBook.EMPTY, List.of(denial(CHANNEL)), List.of(), Decision.NONE, "");
    assertThat(none.unrecorded())
        .extracting(ConsentChange::from)
        .containsExactly(ConsentState.UNSET);
    AnswerBook before = AnswerBook.EMPTY.withGrants(List.of(grant(CHANNEL)));
    AnswerBook after = record(before, List.of(denial(CHANNEL)), List.of(), Decision.NONE, "");
    assertThat(after.unrecorded())
        .extracting(ConsentChange::from)
        .containsExactly(ConsentState.GRANT);
    AnswerBook on = record(before, List.of(), List.of(grant(CHANNEL)), Decision.NONE, "");
    assertThat(on.unrecorded())
        .extracting(ConsentChange::channel, ConsentChange::from, ConsentChange::to)
        .containsExactly(tuple(Optional.of("c"), ConsentState.DENIAL, ConsentState.GRANT));
  }

  /** Who answers where neither a denial nor a grant does: the layer that decides now, or did. */
  @ParameterizedTest
  @CsvSource({
    "DENIAL, spec, GRANT, file, , file",
    "DENIAL, spec, GRANT, other, , other",
    "GRANT, spec, UNSET, default, , spec",
    "GRANT, file, UNSET, default, , file",
    "GRANT, spec, UNSET, default, spec, removed layer"
  })
  void aChangeThatNobodyGaveIsOfTheLayerThatMadeIt(
      ConsentState from, String before, ConsentState to, String after, String left, String way) {
    AnswerBook was =
        AnswerBook.EMPTY.withChanges(Map.of(Purpose.USAGE, new Decision(from, before)), List.of());
    AnswerBook book = record(was, List.of(), List.of(), new Decision(to, after), left);
    assertThat(book.unrecorded()).hasSize(1);
    ConsentChange change = book.unrecorded().get(0);
    assertThat(change.from()).isEqualTo(from);
    assertThat(change.to()).isEqualTo(to);
    assertThat(change.way().label()).isEqualTo(way);
    assertThat(book.decision(Purpose.USAGE)).isEqualTo(new Decision(to, after));
  }

  @ParameterizedTest
  @CsvSource({
    "UNSET, DENIAL, usage is off now: answered",
    "DENIAL, DENIAL, usage stays off: answered",
    "UNSET, GRANT, usage is on now: answered",
    "GRANT, GRANT, usage stays on: answered",
    "GRANT, UNSET, usage is not answered any more: taken back"
  })
  void aSentenceSaysWhatChanged(ConsentState from, ConsentState to, String begins) {
    ConsentChange change =
        new ConsentChange(
            "id",
            clock.instant(),
            Optional.of(Purpose.USAGE),
            Optional.empty(),
            from,
            to,
            Way.SHELL,
            "karaf",
            "");
    assertThat(AuditTrail.sentence(change, Optional.empty()))
        .isEqualTo(begins + " by karaf in the shell at 2026-11-21T12:00:00Z.");
    assertThat(AuditTrail.sentence(change, Optional.of("why"))).endsWith("Z (why).");
  }

  /** The decision is about usage; the other purposes stay unset. */
  private AnswerBook record(
      AnswerBook before, List<Denial> denials, List<Grant> grants, Decision is, String left) {
    return trail.record(
        before,
        before,
        denials,
        grants,
        purpose -> purpose == Purpose.USAGE ? is : Decision.NONE,
        layer -> layer.equals(left),
        Answerer::unknown);
  }

  private Denial denial(Subject subject) {
    return new Denial(
        "d",
        subject,
        AnswersLayer.NAME,
        ConsentFixture.SHELL,
        clock.instant(),
        "",
        Optional.empty());
  }

  private Grant grant(Subject subject) {
    return new Grant(
        "g", subject, AnswersLayer.NAME, ConsentFixture.SHELL, Instant.EPOCH, Set.of(), false);
  }
}
