package org.candor.core.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.candor.api.Deadline;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.report.Sensitivity;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.control.NewFields;
import org.candor.core.MovableClock;
import org.candor.core.admission.DisclosureGate.ChannelParts;
import org.candor.core.disclosure.AnnouncedFields;
import org.candor.core.disclosure.WithheldFields;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upgrade adds to a channel that was announced a day before. */
class DisclosureGateTest {

  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final ChannelSettings SETTINGS =
      new ChannelSettings(
          Purpose.USAGE, ReportKind.HEALTH, Duration.ofHours(1), "plain", "told", true);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final Instant firstStart = clock.instant();
  private final List<Field> ofFormatter = new ArrayList<>(List.of(field("old", "a")));
  private final List<Field> ofSink = new ArrayList<>(List.of(field("header", "z")));
  private final FieldsFormatter formatter = new FieldsFormatter();
  private final FieldsSink sink = new FieldsSink();
  private Duration grace = GRACE;
  private boolean fails;
  private DisclosureGate gate;

  @BeforeEach
  void announce() throws IOException {
    Path etc = Files.createDirectories(directory.resolve("etc"));
    AnnouncedFields announced =
        new AnnouncedFields(
            new Etc(etc), () -> grace, now -> firstStart, listener -> () -> {}, clock);
    gate = new DisclosureGate("c", announced);
  }

  @Test
  void ofWhatWasThereFromTheStartNothingWaits() throws IOException {
    assertThatThrownBy(() -> gate.look(parts("here")))
        .isInstanceOf(IOException.class)
        .hasMessage("it has not begun yet");
    assertThat(gate.check(parts("here"))).isEmpty();
    assertThat(gate.look(parts("here"))).isEmpty();
    assertThat(gate.announced(parts("here"))).isEmpty();
    assertThat(news()).isEmpty();
    assertThat(gate.facts(SETTINGS, formatter)).containsExactly("a");
  }

  @Test
  void aFieldThatNoMissingFactKeepsOutHoldsTheChannelAndIsNamed() throws IOException {
    dayAfter();
    ofFormatter.add(field("new"));
    assertThat(gate.check(parts("here")).orElseThrow())
        .isEqualTo(
            new DisclosureGate.Hold(
                clock.instant().plus(GRACE),
                "Could send what was announced only lately: new; telemetry:fields c says what it"
                    + " is. Nothing leaves before 2026-11-22T12:10:00Z; telemetry:preview c shows"
                    + " what, telemetry:enable c accepts it."));
    assertThat(gate.facts(SETTINGS, formatter)).containsExactly("a");
  }

  @Test
  void fiveNewFieldsAreNamedAndTheRestIsCounted() throws IOException {
    dayAfter();
    for (int i = 1; i <= 5; i++) {
      ofSink.add(field("n" + i, "y"));
    }
    assertThat(advice()).contains("lately: n1, n2, n3, n4, n5; telemetry:fields");
    ofFormatter.add(field("n6", "b"));
    ofFormatter.add(field("n7", "b"));
    assertThat(advice()).contains("lately: n6, n7, n1, n2, n3 and 2 more; telemetry:fields");
  }

  @Test
  void ofTwoNewFieldsTheLaterEndCounts() throws IOException {
    dayAfter();
    ofFormatter.add(field("new"));
    gate.check(parts("here"));
    clock.advance(Duration.ofMinutes(5));
    ofSink.add(field("more", "y"));
    assertThat(gate.check(parts("here")).orElseThrow().until())
        .isEqualTo(clock.instant().plus(GRACE));
  }

  @Test
  void ofTheWholeChannelAndItsFieldsTheLaterEndCounts() throws IOException {
    dayAfter();
    ofFormatter.add(field("new"));
    gate.check(parts("here"));
    clock.advance(Duration.ofMinutes(5));
    DisclosureGate.Hold destination = gate.check(parts("there")).orElseThrow();
    assertThat(destination.advice()).startsWith("Announced lately: it sends to there.");
    assertThat(destination.until()).isEqualTo(clock.instant().plus(GRACE));
    clock.advance(Duration.ofMinutes(2));
    ofFormatter.add(field("newer"));
    DisclosureGate.Hold fields = gate.check(parts("there")).orElseThrow();
    assertThat(fields.advice()).startsWith("Could send");
    assertThat(fields.until()).isEqualTo(clock.instant().plus(GRACE));
  }

  @Test
  void aNewFieldIsNewsForAWeekAndLeavesAfterItsGrace() throws IOException {
    dayAfter();
    ofFormatter.add(field("new", "b"));
    ofSink.add(field("more", "y"));
    gate.check(parts("here"));
    Instant announced = clock.instant();
    assertThat(news())
        .contains(new NewFields("c", List.of("more", "new"), Optional.of(announced.plus(GRACE))));
    assertThat(withheld()).containsExactly(List.of("new"), List.of("more"));
    clock.advance(GRACE);
    assertThat(news()).contains(new NewFields("c", List.of("more", "new"), Optional.empty()));
    assertThat(withheld()).containsExactly(List.of(), List.of());
    assertThat(gate.facts(SETTINGS, formatter)).containsExactlyInAnyOrder("a", "b");
    clock.advance(Duration.ofDays(7).minus(GRACE).minusNanos(1));
    assertThat(news()).isPresent();
    clock.advance(Duration.ofNanos(1));
    assertThat(news()).isEmpty();
  }

  @Test
  void whatIsWithheldForLongerThanAWeekStaysNews() throws IOException {
    grace = Duration.ofDays(9);
    dayAfter();
    ofFormatter.add(field("new", "b"));
    gate.check(parts("here"));
    clock.advance(Duration.ofDays(8));
    assertThat(news().map(NewFields::names)).contains(List.of("new"));
  }

  @Test
  void beforeAnythingIsKnownNoFieldIsShownAsWithheld() {
    assertThat(withheld()).containsExactly(List.of(), List.of());
    assertThat(gate.fields(SETTINGS, Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void ofAFormatterThatCannotSayWhatItSendsNothingLeaves() throws IOException {
    dayAfter();
    fails = true;
    assertThatThrownBy(() -> gate.check(parts("here")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a formatter or a sink cannot say what it sends: ");
    assertThatThrownBy(() -> gate.facts(SETTINGS, formatter)).isInstanceOf(IOException.class);
    assertThat(gate.announced(parts("here"))).isEmpty();
  }

  private void dayAfter() throws IOException {
    gate.check(parts("here"));
    clock.advance(Duration.ofDays(1));
  }

  private String advice() throws IOException {
    return gate.check(parts("here")).orElseThrow().advice();
  }

  private Optional<NewFields> news() {
    return gate.news(SETTINGS, Optional.of(formatter), Optional.of(sink), clock.instant());
  }

  private List<List<String>> withheld() {
    return gate.fields(SETTINGS, Optional.of(formatter), Optional.of(sink)).stream()
        .map(WithheldFields::fields)
        .map(fields -> fields.stream().map(Field::name).toList())
        .toList();
  }

  private ChannelParts parts(String destination) {
    return new ChannelParts(SETTINGS, Optional.of(formatter), sink, destination);
  }

  private static Field field(String name, String... facts) {
    return new Field(
        name, FieldType.COUNT, "", "", "", Sensitivity.TECHNICAL, "0.1.0", Set.of(facts));
  }

  private final class FieldsFormatter implements ReportFormatter {
    @Override
    public FieldCatalogue fields() {
      if (fails) {
        throw new IllegalStateException("no");
      }
      return new FieldCatalogue(ofFormatter);
    }

    @Override
    public List<Message> format(Report report) {
      return List.of();
    }
  }

  private final class FieldsSink implements TransportSink {
    @Override
    public FieldCatalogue fields() {
      return new FieldCatalogue(ofSink);
    }

    @Override
    public boolean accepts(String mediaType) {
      return true;
    }

    @Override
    public SinkState state() {
      return SinkState.ready("here");
    }

    @Override
    public Payload encode(List<Message> batch) {
      throw new AssertionError("not asked");
    }

    @Override
    public Receipt send(Payload payload, Deadline deadline) {
      throw new AssertionError("not asked");
    }
  }
}
