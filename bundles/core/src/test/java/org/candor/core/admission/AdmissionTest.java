package org.candor.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.candor.api.ChannelState;
import org.candor.api.Deadline;
import org.candor.api.consent.Purpose;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.SinkState;
import org.candor.api.sink.TransportSink;
import org.candor.control.Answers;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.consent.Grace;
import org.candor.core.disclosure.DisclosureFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.plugin.ChannelSettings;
import org.candor.core.plugin.Plugins;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gates open one after the other in this order: that of {@link ChannelState}. */
class AdmissionTest {

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final Plugins plugins = new Plugins();
  private final StatedSink sink = new StatedSink();
  private ChainedJournal journal;
  private Outbox outbox;
  private Consent consent;
  private Grace grace;
  private Admission admission;

  @BeforeEach
  void start() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    ConfiguredLayer configured = ConsentFixture.layer(etc);
    consent = ConsentFixture.consent(configured, etc);
    StoreFixture store = new StoreFixture(directory.resolve("var"));
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
    grace = new Grace(outbox, configured);
    DisclosureGate fields =
        new DisclosureGate(
            "c", DisclosureFixture.announcedFields(etc, configured, () -> grace, consent, clock));
    admission = new Admission("c", consent, grace, fields, plugins, clock);
  }

  @AfterEach
  void stop() {
    outbox.close();
    journal.close();
  }

  @Test
  void ofAllThatIsWrongTheFirstIsShown() throws IOException {
    clock.advance(Duration.ofNanos(123_456_789));
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false), ConsentFixture.SHELL);
    assertThat(check(false).state()).isEqualTo(ChannelState.OFF);
    assertThat(check(false).advice()).contains("enabled = false");
    assertThat(check(true).state()).isEqualTo(ChannelState.OFF);
    assertThat(check(true).advice()).contains("Forbidden by answers");
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true), ConsentFixture.SHELL);
    assertThat(check(true).state()).isEqualTo(ChannelState.NO_FORMATTER);
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "plain"));
    assertThat(check(true).state()).isEqualTo(ChannelState.NO_SINK);
    assertThat(check(true).advice())
        .isEqualTo("No sink is called stated; there are: none. What is queued stays.");
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    assertThat(check(true).state()).isEqualTo(ChannelState.UNCONFIGURED);
    assertThat(check(true).advice()).isEqualTo("Set the key.");
    assertThat(check(true).sink()).as("is not used").isEmpty();
    sink.state = SinkState.ready("there");
    assertThat(check(true).state()).isEqualTo(ChannelState.GRACE);
    assertThat(check(true).sink()).as("is not used").isEmpty();
    assertThat(check(true).advice())
        .as("a time for people")
        .matches("Nothing leaves before [0-9-]+T[0-9:]+Z; telemetry:preview c shows what.");
    clock.advance(Duration.ofMinutes(10));
    assertThat(check(true).state()).isEqualTo(ChannelState.ACTIVE);
    assertThat(check(true).mayReport()).isTrue();
  }

  @Test
  void aChannelThatIsTurnedOffByNameSaysHowToTurnItOn() throws IOException {
    consent.answer(new Answers(Map.of(), Map.of("c", false)), ConsentFixture.SHELL);
    assertThat(check(true).state()).isEqualTo(ChannelState.OFF);
    assertThat(check(true).advice()).contains("Turned off by name", "telemetry:enable c");
    assertThat(admission.isAllowed(settings(true))).isFalse();
    consent.answer(new Answers(Map.of(), Map.of("c", true)), ConsentFixture.SHELL);
    assertThat(admission.isAllowed(settings(true))).isTrue();
  }

  @Test
  void ofTwoGracePeriodsTheLaterCounts() {
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    sink.state = SinkState.ready("there");
    Instant first = check(true).opens().orElseThrow();
    assertThat(first).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    clock.advance(Duration.ofMinutes(5));
    assertThat(check(true).opens()).as("first start").contains(first);
    sink.state = SinkState.ready("there", "there, with another key");
    AdmissionDecision decision = check(true);
    assertThat(decision.opens().orElseThrow()).isAfter(first.plus(Duration.ofMinutes(4)));
    assertThat(decision.advice()).contains("it sends to there, with another key");
    clock.advance(Duration.ofMinutes(11));
    assertThat(check(true).state()).isEqualTo(ChannelState.ACTIVE);
  }

  @Test
  void aSinkThatWasNotConfiguredAtFirstIsANewDestinationLater() {
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    check(true);
    clock.advance(Duration.ofDays(1));
    sink.state = SinkState.ready("there");
    assertThat(check(true).state()).isEqualTo(ChannelState.GRACE);
    clock.advance(Duration.ofMinutes(10));
    assertThat(check(true).state()).isEqualTo(ChannelState.ACTIVE);
  }

  @Test
  void aLookDoesNotTouchTheDisk() {
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    sink.state = SinkState.ready("there");
    assertThat(admission.look(settings(true)).sink()).isEmpty();
    assertThat(directory.resolve("var")).doesNotExist();
    check(true);
    assertThat(admission.look(settings(true)).state()).isEqualTo(ChannelState.GRACE);
  }

  @Test
  void aSinkThatCannotSayHowItIsIsNotUsed() {
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    sink.fails = true;
    assertThat(check(true).state()).isEqualTo(ChannelState.UNCONFIGURED);
    assertThat(check(true).sink()).isEmpty();
  }

  @Test
  void aNameThatNobodyHasIsAnsweredWithThoseThatThereAre() throws IOException {
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "more"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    assertThat(advice("sentri", "stated"))
        .startsWith(
            "No formatter is called sentri; there are: more, plain. sentry comes with"
                + " candor-sentry. ");
    assertThat(advice("plain", "fiel"))
        .isEqualTo(
            "No sink is called fiel; there are: stated. file comes with candor-file. What is queued"
                + " stays.");
    assertThat(advice("more", "nothing-like-it"))
        .isEqualTo("No sink is called nothing-like-it; there are: stated. What is queued stays.");
  }

  @Test
  void aFeatureIsNamedThatThereIsAndThatIsNotInstalled() throws IOException {
    assertThat(advice("segment", "segment"))
        .isEqualTo(
            "Nothing here is called segment; install the feature candor-segment. What is queued"
                + " stays.");
    assertThat(new Plugins("org.candor.sink.file"::equals).noSink("file"))
        .isEqualTo(
            "The bundle org.candor.sink.file is installed but does not run; see bundle:diag.");
  }

  @Test
  void aSinkThatTakesNothingOfTheFormattersIsNoSinkFromTheStart() throws IOException {
    NoFormatter formatter = new NoFormatter();
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    sink.state = SinkState.ready("there");
    formatter.types = Set.of("text/plain", "text/html");
    assertThat(check(true).state()).isEqualTo(ChannelState.NO_SINK);
    assertThat(check(true).advice())
        .isEqualTo(
            "The sink stated does not take text/html or text/plain, which the formatter plain makes;"
                + " choose another formatter or sink.");
    assertThat(check(true).sink()).isEmpty();
    formatter.types = Set.of("text/plain", "text/stated");
    assertThat(check(true).state()).as("it takes one of them").isEqualTo(ChannelState.GRACE);
    formatter.types = Set.of();
    assertThat(check(true).state()).as("not declared").isEqualTo(ChannelState.GRACE);
  }

  private String advice(String formatter, String sinkName) throws IOException {
    sink.state = SinkState.ready("there");
    clock.advance(Duration.ofMinutes(10));
    ChannelSettings settings =
        new ChannelSettings(
            Purpose.USAGE, ReportKind.HEALTH, Duration.ofHours(1), formatter, sinkName, true);
    admission.check(settings);
    clock.advance(Duration.ofMinutes(10));
    return admission.check(settings).advice();
  }

  private AdmissionDecision check(boolean enabled) {
    return admission.check(settings(enabled));
  }

  private static ChannelSettings settings(boolean enabled) {
    return new ChannelSettings(
        Purpose.USAGE, ReportKind.HEALTH, Duration.ofHours(1), "plain", "stated", enabled);
  }

  private static final class NoFormatter implements ReportFormatter {
    private Set<String> types = Set.of();

    @Override
    public Set<String> mediaTypes() {
      return types;
    }

    @Override
    public FieldCatalogue fields() {
      return FieldCatalogue.empty();
    }

    @Override
    public List<Message> format(Report report) {
      return List.of();
    }
  }

  private static final class StatedSink implements TransportSink {
    private SinkState state = SinkState.unconfigured("", "Set the key.");
    private boolean fails;

    @Override
    public boolean accepts(String mediaType) {
      return !mediaType.startsWith("text/") || mediaType.equals("text/stated");
    }

    @Override
    public SinkState state() {
      if (fails) {
        throw new IllegalStateException("no");
      }
      return state;
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
