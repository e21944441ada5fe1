package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answerer;
import org.candor.control.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswersLayerTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.5Z");
  private static final Subject USAGE = Subject.of(Purpose.USAGE);

  @Test
  void theNewestGrantCountsAndOneOfTheOriginalDoesNotCountForItsCopy() {
    AnswerBook book =
        AnswerBook.EMPTY.withGrants(
            List.of(grant("late", NOON.plusSeconds(1), Set.of(), false), grant("early", NOON)));
    assertThat(granted(book, Optional.empty())).contains("late");
    assertThat(granted(book, Optional.of(NOON))).contains("late");
    assertThat(granted(book, Optional.of(NOON.plusSeconds(1)))).isEmpty();
  }

  @Test
  void ofTwoGrantsOfOneMomentTheIdDecides() {
    AnswerBook book = AnswerBook.EMPTY.withGrants(List.of(grant("b", NOON), grant("a", NOON)));
    assertThat(granted(book, Optional.empty())).contains("b");
    assertThat(book.grant(USAGE, AnswersLayer.NAME, Optional.empty()).map(Grant::id)).contains("b");
  }

  @Test
  void aGrantOfAFileWaitsUntilAnAnswerComesLaterOrNamesIt() {
    AnswerBook waits = AnswerBook.EMPTY.withGrants(List.of(ofFile("file")));
    assertThat(waiting(waits)).contains("file");
    assertThat(waiting(waits.withGrants(List.of(grant("same-time", NOON))))).contains("file");
    assertThat(waiting(waits.withGrants(List.of(grant("later", NOON.plusNanos(1)))))).isEmpty();
    Grant naming = grant("naming", NOON.minusSeconds(1), Set.of("file"), false);
    assertThat(waiting(waits.withGrants(List.of(naming)))).isEmpty();
    assertThat(granted(waits, Optional.empty())).as("no answer").isEmpty();
  }

  @Test
  void aDenialThatStandsOutweighsAGrant() {
    AnswerBook off =
        AnswerBook.EMPTY
            .withGrants(List.of(grant("on", NOON)))
            .withDenials(List.of(denial("off", AnswersLayer.NAME, "")));
    Verdict verdict = new AnswersLayer(off, Optional.empty()).verdict(USAGE);
    assertThat(verdict.answer()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(verdict.why())
        .isEqualTo("turned off by karaf in the shell from 127.0.0.1 at 2026-11-21T12:00:00Z");
    AnswerBook why =
        AnswerBook.EMPTY.withDenials(List.of(denial("off", AnswersLayer.NAME, "a line")));
    assertThat(new AnswersLayer(why, Optional.empty()).verdict(USAGE).why()).isEqualTo("a line");
    AnswerBook on = off.withGrants(List.of(grant("on", NOON, Set.of("off"), false)));
    assertThat(new AnswersLayer(on, Optional.empty()).verdict(USAGE).answer())
        .isEqualTo(LayerAnswer.ALLOWS);
    assertThat(new AnswersLayer(AnswerBook.EMPTY, Optional.empty()).verdict(USAGE))
        .isEqualTo(Verdict.silent("not answered by shell, API or web page"));
  }

  @Test
  void denialsAreFoundByTheirOrigin() {
    AnswersLayer layer =
        new AnswersLayer(
            AnswerBook.EMPTY.withDenials(
                List.of(denial("a", "file", "x"), denial("b", "spec", "x"))),
            Optional.empty());
    assertThat(layer.stage(USAGE, "file")).extracting(Denial::id).containsExactly("a");
    assertThat(layer.origins(USAGE)).containsExactlyInAnyOrder("file", "spec");
    assertThat(layer.origins(Subject.of(Purpose.ERRORS))).isEmpty();
    assertThat(layer.verdict(USAGE).answer()).as("not by an answer").isEqualTo(LayerAnswer.SILENT);
  }

  static Stream<Arguments> whoAndHow() {
    return Stream.of(
        Arguments.of(new Answerer(Way.SHELL, "karaf", ""), "by karaf in the shell at"),
        Arguments.of(new Answerer(Way.PAGE, "", "::1"), "on the web page from ::1 at"),
        Arguments.of(Answerer.unknown(Way.HTTP), "over HTTP at"),
        Arguments.of(Answerer.unknown(Way.FILE), "in etc/org.candor.consent.cfg at"),
        Arguments.of(
            Answerer.unknown(Way.REMOVED_LAYER), "through a " + Way.REMOVED_LAYER.label() + " at"),
        Arguments.of(Answerer.unknown(new Way("spec")), "through spec at"));
  }

  @ParameterizedTest
  @MethodSource("whoAndHow")
  void itIsSaidByWhomAndHow(Answerer answerer, String text) {
    assertThat(AnswersLayer.said(answerer, NOON)).isEqualTo(text + " 2026-11-21T12:00:00Z");
  }

  @Test
  void whatWasHeardLastIsKnown() {
    Verdict allows = Verdict.allows("said so");
    AnswersLayer layer =
        new AnswersLayer(
            AnswerBook.EMPTY.withRemembered(
                List.of(new RememberedDecision("spec", Purpose.USAGE, allows))),
            Optional.empty());
    assertThat(layer.heard("spec", Purpose.USAGE)).contains(allows);
    assertThat(layer.heard("spec", Purpose.ERRORS)).isEmpty();
    assertThat(AnswerBook.EMPTY.remembered()).isEqualTo(Map.of());
  }

  private static Optional<String> granted(AnswerBook book, Optional<Instant> after) {
    return new AnswersLayer(book, after).granted(USAGE).map(Grant::id);
  }

  private static Optional<String> waiting(AnswerBook book) {
    return new AnswersLayer(book, Optional.empty()).waiting(USAGE).map(Grant::id);
  }

  private static Grant ofFile(String id) {
    return new Grant(
        id, USAGE, ConfiguredLayer.NAME, ConsentFixture.SHELL, NOON, Set.of("old"), true);
  }

  private static Grant grant(String id, Instant at) {
    return grant(id, at, Set.of(), false);
  }

  private static Grant grant(String id, Instant at, Set<String> takesBack, boolean waits) {
    return new Grant(id, USAGE, AnswersLayer.NAME, ConsentFixture.SHELL, at, takesBack, waits);
  }

  private static Denial denial(String id, String origin, String why) {
    return new Denial(id, USAGE, origin, ConsentFixture.SHELL, NOON, why, Optional.empty());
  }
}
