package org.candor.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.candor.control.Announced;
import org.candor.control.Answers;
import org.candor.control.Matter;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.consent.Grace;
import org.candor.core.disclosure.AnnouncedFields;
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
  private AnnouncedFields announcedFields;
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
    announcedFields =
        DisclosureFixture.announcedFields(etc, configured, () -> grace, consent, clock);
    DisclosureGate fields = new DisclosureGate("c", announcedFields);
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

  @Test
  void theLayerThatAllowsIsNamedAndNoneForWhatIsOff() throws IOException {
    assertThat(admission.authority(settings(true))).contains("default");
    assertThat(admission.isAllowed(settings(true))).isTrue();
    assertThat(admission.authority(settings(false))).isEmpty();
    assertThat(admission.isAllowed(settings(false))).isFalse();
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true), ConsentFixture.SHELL);
    assertThat(admission.authority(settings(true))).contains("answers");
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false), ConsentFixture.SHELL);
    assertThat(admission.authority(settings(true))).isEmpty();
    assertThat(check(true).decidedBy()).isEqualTo("answers");
  }

  @Test
  void whatIsOpenIsAdmittedWithAllThatItWasLookedUpFor() throws IOException {
    AdmissionDecision open = open();
    assertThat(open.state()).isEqualTo(ChannelState.ACTIVE);
    assertThat(open.isOff()).isFalse();
    assertThat(open.mayReport()).isTrue();
    assertThat(open.sink()).containsSame(sink);
    assertThat(open.formatter()).isPresent();
    assertThat(open.opens()).isEmpty();
    assertThat(open.decidedBy()).isEqualTo("default");
    assertThat(open.endpoint()).isEqualTo("there");
    assertThat(open.destination()).isEqualTo("there");
    assertThat(open.advice()).isEmpty();
    AdmissionDecision off = check(false);
    assertThat(off.isOff()).isTrue();
    assertThat(off.mayReport()).isFalse();
    assertThat(off.endpoint()).isEqualTo("there");
  }

  @Test
  void withoutItsFormatterWhatIsQueuedStillLeavesAndNothingIsReported() {
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    sink.state = SinkState.ready("there");
    AdmissionDecision early = check(true);
    assertThat(early.state()).isEqualTo(ChannelState.NO_FORMATTER);
    assertThat(early.sink()).isEmpty();
    assertThat(early.advice()).startsWith("No formatter is called plain").contains("before");
    clock.advance(Duration.ofMinutes(20));
    check(true);
    clock.advance(Duration.ofMinutes(20));
    AdmissionDecision later = check(true);
    assertThat(later.state()).isEqualTo(ChannelState.NO_FORMATTER);
    assertThat(later.mayReport()).isFalse();
    sink.state = SinkState.unconfigured("", "Set the key.");
    assertThat(check(true).state()).isEqualTo(ChannelState.NO_FORMATTER);
    assertThat(check(true).advice()).isEqualTo("Set the key.");
  }

  @Test
  void theGraceEndsAtItsEnd() throws IOException {
    bindAll();
    Instant end = check(true).opens().orElseThrow();
    clock.advance(Duration.between(clock.instant(), end).minusNanos(1));
    assertThat(check(true).state()).isEqualTo(ChannelState.GRACE);
    clock.advance(Duration.ofNanos(1));
    assertThat(check(true).state()).isEqualTo(ChannelState.ACTIVE);
  }

  @Test
  void aLookBeforeTheFirstCheckKnowsOnlyThatItHasNotBegun() {
    bindAll();
    AdmissionDecision decision = admission.look(settings(true));
    assertThat(decision.state()).isEqualTo(ChannelState.FAILING);
    assertThat(decision.advice()).isEqualTo("Has not begun yet.");
  }

  @Test
  void whereNothingCanBeKeptNothingIsSent() throws IOException {
    bindAll();
    outbox.close();
    AdmissionDecision decision = check(true);
    assertThat(decision.state()).isEqualTo(ChannelState.FAILING);
    assertThat(decision.sink()).isEmpty();
    assertThat(decision.advice())
        .isEqualTo("Nothing can be sent, since nothing can be kept: the outbox is closed");
  }

  @Test
  void whatIsOffByConsentIsAnnouncedSoThatAGrantAcceptsIt() throws IOException {
    bindAll();
    clock.advance(Duration.ofDays(1));
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false), ConsentFixture.SHELL);
    assertThat(check(true).state()).isEqualTo(ChannelState.OFF);
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true), ConsentFixture.SHELL);
    grace.end(clock.instant());
    clock.advance(Duration.ofMinutes(10));
    assertThat(check(true).state()).as("accepted by the grant").isEqualTo(ChannelState.ACTIVE);
  }

  @Test
  void whatWasSwitchedOffInItsFileIsNewWhenItIsSwitchedOn() throws IOException {
    bindAll();
    grace.end(clock.instant());
    clock.advance(Duration.ofDays(1));
    assertThat(check(false).state()).isEqualTo(ChannelState.OFF);
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true), ConsentFixture.SHELL);
    assertThat(check(true).state()).as("never announced").isEqualTo(ChannelState.GRACE);
  }

  @Test
  void whatAFileAllowsAgainWaitsAndIsAnnounced() throws IOException {
    open();
    assertThat(admission.announced(settings(true))).isEmpty();
    AdmissionDecision held = allowedAgainByAFile();
    assertThat(held.state()).isEqualTo(ChannelState.GRACE);
    assertThat(held.advice())
        .matches(
            "A file allows usage again, which it forbade before\\. Nothing leaves before"
                + " [0-9-]+T[0-9:]+Z; telemetry:explain usage says which file, telemetry:enable"
                + " usage allows it at once\\.");
    assertThat(admission.announced(settings(true)))
        .containsExactly(new Announced("c", Matter.GRANT, "usage", held.opens()));
    clock.advance(Duration.between(clock.instant(), held.opens().orElseThrow()));
    assertThat(check(true).state()).isEqualTo(ChannelState.ACTIVE);
    assertThat(admission.announced(settings(true))).isEmpty();
  }

  @Test
  void anotherDestinationIsAnnouncedWhileItIsAllowed() throws IOException {
    open();
    sink.state = SinkState.ready("elsewhere");
    Instant end = check(true).opens().orElseThrow();
    assertThat(admission.announced(settings(true)))
        .containsExactly(new Announced("c", Matter.DESTINATION, "elsewhere", Optional.of(end)));
    assertThat(admission.announced(settings(false))).isEmpty();
    sink.state = SinkState.unconfigured("elsewhere", "Set the key.");
    assertThat(admission.announced(settings(true))).as("sends to nobody").isEmpty();
  }

  @Test
  void theStateOfASinkIsWhatItSaysOrThatItCannot() {
    assertThat(admission.sinkState(settings(true))).isEqualTo(SinkState.unconfigured("", ""));
    bindAll();
    assertThat(admission.sinkState(settings(true))).isEqualTo(SinkState.ready("there"));
    sink.fails = true;
    assertThat(admission.sinkState(settings(true)).advice())
        .isEqualTo("The sink cannot say how it is: java.lang.IllegalStateException: no.");
  }

  @Test
  void aFormatterThatCannotNameItsTypesIsAskedForNoOther() {
    NoFormatter formatter = new NoFormatter();
    formatter.fails = true;
    plugins.bindFormatter(formatter, Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    sink.state = SinkState.ready("there");
    assertThat(check(true).state()).isEqualTo(ChannelState.GRACE);
  }

  @Test
  void whoListensHearsOfConsentAndPluginsUntilTheEnd() throws IOException {
    AtomicInteger heard = new AtomicInteger();
    AdmissionFactory factory = new AdmissionFactory(consent, grace, announcedFields, plugins);
    Runnable end = factory.onChange(heard::incrementAndGet);
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    assertThat(heard.getAndSet(0)).as("of plugins").isPositive();
    consent.answer(Answers.of(Set.of(Purpose.USAGE), false), ConsentFixture.SHELL);
    assertThat(heard.getAndSet(0)).as("of consent").isPositive();
    end.run();
    plugins.unbindSink(sink);
    consent.answer(Answers.of(Set.of(Purpose.USAGE), true), ConsentFixture.SHELL);
    assertThat(heard.get()).isZero();
    Admission made = factory.admission("c", factory.disclosure("c"), clock);
    assertThat(made.authority(settings(true))).contains("answers");
    bindAll();
    assertThat(made.check(settings(true)).state()).isEqualTo(ChannelState.GRACE);
  }

  private void bindAll() {
    plugins.bindFormatter(new NoFormatter(), Map.of(FormatterName.PROPERTY, "plain"));
    plugins.bindSink(sink, Map.of(SinkName.PROPERTY, "stated"));
    sink.state = SinkState.ready("there");
  }

  private AdmissionDecision open() {
    bindAll();
    check(true);
    clock.advance(Duration.ofMinutes(10));
    return check(true);
  }

  /** Each answer has the consent look at the file anew. */
  private AdmissionDecision allowedAgainByAFile() throws IOException {
    Path file = directory.resolve("etc/org.candor.consent.cfg");
    Files.writeString(file, "usage = false\n");
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), true), ConsentFixture.SHELL);
    Files.writeString(file, "usage = true\n");
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), true), ConsentFixture.SHELL);
    return check(true);
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
    private boolean fails;

    @Override
    public Set<String> mediaTypes() {
      if (fails) {
        throw new IllegalStateException("no");
      }
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
