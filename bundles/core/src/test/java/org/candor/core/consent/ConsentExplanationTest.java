package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answers;
import org.candor.control.Explanation;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why something is allowed or not: each layer with what it says, the strictest first. */
class ConsentExplanationTest {

  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);
  private static final Answers ON = Answers.of(Set.of(Purpose.USAGE), true);
  private static final String CHANNEL = "sentry-crash";

  @TempDir Path karaf;
  private final MovableClock clock = new MovableClock();
  private final MemoryRecord journal = new MemoryRecord();
  private Etc etc;
  private Path file;
  private Consent consent;

  @BeforeEach
  void start() throws IOException {
    etc = new Etc(Files.createDirectories(karaf.resolve("etc")));
    file = karaf.resolve("etc/org.candor.consent.cfg");
    consent = begin(builder());
  }

  private ConsentBuilder builder() {
    return new ConsentBuilder(etc).clock(clock).journal(journal);
  }

  private static Consent begin(ConsentBuilder builder) {
    Consent consent = builder.build();
    consent.changed();
    return consent;
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    consent.changed();
  }

  private void channel(boolean on) throws IOException {
    clock.advance(Duration.ofSeconds(1));
    consent.answer(new Answers(Map.of(), Map.of(CHANNEL, on)), ConsentFixture.SHELL);
  }

  private static List<String> lines(Explanation explanation) {
    return explanation.layers().stream()
        .map(
            layer ->
                layer.layer() + " " + layer.verdict().label() + (layer.yields() ? " yields" : ""))
        .toList();
  }

  private List<String> lines() {
    return lines(consent.explain(Purpose.USAGE));
  }

  private void bind(String name, ConsentLayer layer) {
    consent.bindLayer(layer, Map.of(LayerName.PROPERTY, name, ConsentLayer.ANSWERS, true));
  }

  @Test
  void theStrictestStandsFirstAndOfTheSameTheFirstByName() throws IOException {
    bind("spec", purpose -> Verdict.allows("yes"));
    bind("more", purpose -> Verdict.forbids("no"));
    consent.answer(OFF, ConsentFixture.SHELL);
    assertThat(lines())
        .containsExactly(
            "answers forbids yields",
            "more forbids",
            "spec allows",
            "environment silent",
            "file silent");
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("answers");
  }

  @Test
  void aGrantTakesBackWhatItsLayerSaysNoMore() throws IOException {
    write("usage = false\n");
    assertThat(lines()).startsWith("file forbids");
    write("usage =\n\n");
    assertThat(lines()).startsWith("file forbids yields");
    consent.answer(ON, ConsentFixture.SHELL);
    assertThat(lines()).containsExactly("answers allows", "environment silent", "file silent");
    write("unanswered = no\n");
    assertThat(lines()).contains("file silent");
    assertThat(lines(consent.explain(Purpose.ERRORS))).startsWith("file forbids yields");
  }

  @Test
  void aLayerThatTookBackItsDenialAndIsNotWrittenDownYetSaysSo() throws IOException {
    AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.forbids("off"));
    bind("spec", purpose -> verdict.get());
    verdict.set(Verdict.allows("on"));
    Explanation explanation = consent.explain(Purpose.USAGE);
    assertThat(explanation.allowed()).isFalse();
    assertThat(explanation.layers().get(0).why())
        .isEqualTo("on was seen, and will take back: off, since 2026-11-21T12:00:00Z");
    consent.changed();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("spec");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
  }

  @Test
  void aLayerThatCannotTellAndNeverSaidAnythingForbids() {
    bind("spec", purpose -> Verdict.unknown("it is down"));
    assertThat(lines()).startsWith("spec forbids");
    assertThat(consent.explain(Purpose.USAGE).layers().get(0).why())
        .isEqualTo("it is down, so that its setting is unknown");
  }

  @Test
  void aLayerThatCannotTellIsTakenAtItsLastWord() throws IOException {
    AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.allows("on"));
    bind("spec", purpose -> verdict.get());
    verdict.set(Verdict.unknown("it is down"));
    Explanation explanation = consent.explain(Purpose.USAGE);
    assertThat(explanation.decidedBy()).isEqualTo("spec");
    assertThat(explanation.layers().get(0).why()).isEqualTo("it is down; last it said: on");
    assertThat(consent.answer(ON, ConsentFixture.SHELL).refused()).isEmpty();
  }

  @Test
  void whatALayerAllowsThatIsNoAnswerDecidesNothing() {
    consent.bindLayer(purpose -> Verdict.allows("yes"), Map.of(LayerName.PROPERTY, "spec"));
    assertThat(lines()).startsWith("spec allows");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("default");
  }

  @Test
  void anOptInIsMetByALayerThatAnswersAndAllowsAsLongAsItIsHere() throws IOException {
    ConsentLayer layer =
        purpose -> purpose == Purpose.USAGE ? Verdict.allows("yes") : Verdict.silent("nothing");
    bind("spec", layer);
    write("unanswered = no\n");
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("spec");
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).as("it is silent").isFalse();
    consent.unbindLayer(layer);
    assertThat(consent.explain(Purpose.USAGE).allowed()).as("it went").isFalse();
  }

  @Test
  void aDenialOfALayerThatIsSilentNowIsTakenBackByAGrant() throws IOException {
    AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.forbids("off"));
    bind("spec", purpose -> verdict.get());
    verdict.set(Verdict.silent("nothing"));
    consent.changed();
    assertThat(consent.explain(Purpose.USAGE).allowed()).isFalse();
    assertThat(consent.answer(ON, ConsentFixture.SHELL).refused()).isEmpty();
    assertThat(consent.explain(Purpose.USAGE).allowed()).isTrue();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isFalse();
  }

  @Test
  void aChannelThatIsOffIsOffByNameWhateverItsPurpose() throws IOException {
    channel(false);
    Explanation channel = consent.explain(Purpose.ERRORS, CHANNEL);
    assertThat(lines(channel)).startsWith("answers forbids");
    assertThat(channel.layers().get(0).why())
        .isEqualTo(
            "sentry-crash was turned off by karaf in the shell from 127.0.0.1 at"
                + " 2026-11-21T12:00:01Z; telemetry:enable sentry-crash");
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    assertThat(consent.explain(Purpose.ERRORS, CHANNEL).layers().get(0).why())
        .as("the purpose comes first")
        .startsWith("turned off by karaf");
  }

  @Test
  void aChannelThatIsOffInTheParentIsOffHere() throws IOException {
    channel(false);
    Path child = Files.createDirectories(karaf.resolve("instances/child/etc"));
    Consent parent = consent;
    consent = begin(new ConsentBuilder(new Etc(child)).clock(clock).parent(karaf));
    Explanation off = consent.explain(Purpose.ERRORS, CHANNEL);
    assertThat(off.allowed()).isFalse();
    assertThat(off.decidedBy()).isEqualTo("parent");
    assertThat(consent.explain(Purpose.ERRORS, "other").allowed()).isTrue();
    assertThat(consent.explain(Purpose.ERRORS).allowed()).isTrue();
    parent.answer(
        new Answers(Map.of(Purpose.ERRORS, false), Map.of(CHANNEL, true)), ConsentFixture.SHELL);
    consent = begin(new ConsentBuilder(new Etc(child)).clock(clock).parent(karaf));
    assertThat(consent.explain(Purpose.ERRORS, CHANNEL).decidedBy()).isEqualTo("parent");
  }

  @Test
  void whatAChannelWasBeforeIsOnRecord() throws IOException {
    channel(true);
    assertThat(journal.changes).as("it was never off").isEmpty();
    channel(false);
    channel(false);
    channel(true);
    channel(false);
    assertThat(journal.changes)
        .extracting(change -> change.channel().orElse("") + " " + change.from() + " " + change.to())
        .containsExactly(
            "sentry-crash UNSET DENIAL", "sentry-crash DENIAL GRANT", "sentry-crash GRANT DENIAL");
  }

  @Test
  void anAllowanceThatIsGoneIsTakenBackOnRecordByWhoeverGaveIt() throws IOException {
    write("usage = true\n");
    write("usage =\n\n");
    assertThat(journal.changes)
        .extracting(change -> change.from() + " " + change.to() + " " + change.way().label())
        .containsExactly("UNSET GRANT file", "GRANT UNSET file");
    assertThat(consent.explain(Purpose.USAGE).decidedBy()).isEqualTo("default");
  }

  @Test
  void whatALayerAllowsIsOnRecordUnderItsName() {
    AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.allows("on"));
    bind("spec", purpose -> purpose == Purpose.USAGE ? verdict.get() : Verdict.silent("nothing"));
    verdict.set(Verdict.silent("nothing"));
    consent.changed();
    assertThat(journal.changes)
        .extracting(change -> change.from() + " " + change.to() + " " + change.way().label())
        .containsExactly("UNSET GRANT spec", "GRANT UNSET spec");
  }
}
