package org.candor.format.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;
import org.candor.api.crash.KernelSignal;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Gap;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.candor.api.source.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentryFormatterTest {

  private static final String MECHANISM = "exception.values[].mechanism.";

  private final SentryFormatter formatter = new SentryFormatter();

  @Test
  void theDailyReportIsOneEventWithAnIdOfItsOwn() {
    Message message = only(Reports.richInventory());
    Message next = only(Reports.richInventory());
    Envelope envelope = Envelope.of(message);

    assertThat(message.name()).isEqualTo("inventory");
    assertThat(message.mediaType()).isEqualTo("application/x-sentry-envelope");
    assertThat(message.id()).matches("[0-9a-f]{32}").isNotEqualTo(next.id());
    assertThat(envelope.values("event_id")).containsExactly(message.id());
    assertThat(envelope.values("timestamp")).containsExactly("2026-11-21T12:00:00.250Z");
    assertThat(envelope.event().has("exception")).isFalse();
    assertThat(envelope.event().has("message")).isFalse();
  }

  @Test
  void theHeadersSayNeitherWhenNorWhereTo() {
    Message message = only(Reports.richInventory());
    Envelope envelope = Envelope.of(message);

    assertThat(envelope.header().toString())
        .isEqualTo(
            "{\"event_id\":\""
                + message.id()
                + "\",\"sdk\":{\"name\":\"sentry.java\",\"version\":\"8.62.0\"}}");
    assertThat(envelope.itemHeader().toString())
        .isEqualTo(
            "{\"content_type\":\"application/json\",\"type\":\"event\",\"length\":"
                + envelope.eventBytes()
                + "}");
  }

  @Test
  void aCrashIsTheSameEventHoweverOftenItIsFormatted() {
    Message message = only(Reports.richCrash());

    assertThat(message.name()).isEqualTo("crash");
    assertThat(message.mediaType()).isEqualTo("application/x-sentry-envelope");
    assertThat(message.id()).isEqualTo(Reports.CRASH_ID);
    assertThat(Envelope.of(message).values("event_id")).containsExactly(Reports.CRASH_ID);
    assertThat(only(Reports.richCrash())).isEqualTo(message);
  }

  @Test
  void anIdThatSentryWouldNotTakeBecomesOneThatStaysTheSame() {
    Report report = crashWith(Reports.text(FactNames.CRASH_ID, "Not An Id\n"));
    Message message = only(report);

    assertThat(message.id()).matches("[0-9a-f]{32}").isEqualTo(only(report).id());
    assertThat(Envelope.of(message).values("event_id")).containsExactly(message.id());
  }

  @Test
  void withoutACrashThereIsNothingToSay() {
    assertThat(formatter.format(new Report(ReportKind.CRASH, Reports.NOON, List.of(), List.of())))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ReportKind.class,
      names = {"HEALTH", "UI", "VERSION_CHECK"})
  void otherReportsAreNotForIt(ReportKind kind) {
    assertThat(formatter.format(new Report(kind, Reports.NOON, Reports.installation(), List.of())))
        .isEmpty();
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    assertThat(Envelope.of(only(Reports.inventory())).event().keySet())
        .containsExactlyInAnyOrder("timestamp", "level", "event_id", "contexts", "sdk", "platform");
    assertThat(Envelope.of(only(Reports.poorCrash())).event().keySet())
        .containsExactlyInAnyOrder("timestamp", "event_id", "contexts", "sdk", "platform");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\u0000", "\u007f\u0085"})
  void whatShowsNothingIsNotSaid(String blank) {
    List<Fact> facts = new ArrayList<>();
    for (String name : formatter.fields().facts()) {
      facts.add(Reports.text(name, blank));
    }
    Report report = new Report(ReportKind.INVENTORY, Reports.NOON, facts, List.of());
    assertThat(Envelope.of(only(report)).event().keySet())
        .containsExactlyInAnyOrder("timestamp", "level", "event_id", "contexts", "sdk", "platform");
  }

  @Test
  void withoutAStorageOsTheProductAndThisProcessStandForIt() {
    Envelope envelope =
        Envelope.of(
            only(
                new Report(ReportKind.INVENTORY, Reports.NOON, Reports.installation(), List.of())));

    assertThat(envelope.values("release")).containsExactly("7.7.7");
    assertThat(envelope.values("dist")).containsExactly("karaf-7");
    assertThat(envelope.values("contexts.os.name")).containsExactly("Linux");
    assertThat(envelope.values("contexts.device.archs[]")).containsExactly("x86_64");
    assertThat(envelope.values("contexts.runtime.name"))
        .containsExactly("OpenJDK Runtime Environment");
    assertThat(envelope.values("contexts.runtime.version")).containsExactly("17.0.15");
  }

  @Test
  void theRuntimeOfAStorageOsIsGo() {
    assertThat(Envelope.of(only(Reports.richInventory())).values("contexts.runtime.name"))
        .containsExactly("go");
  }

  @Test
  void sourcesThatCouldNotBeAskedAreNamed() {
    assertThat(Envelope.of(only(Reports.richCrash())).values("contexts.candor.partial"))
        .containsExactly("dcos: timeout, storageos: refused");
    List<Gap> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(new Gap("source-" + i, FailureReason.BUSY));
    }
    Report report = new Report(ReportKind.INVENTORY, Reports.NOON, List.of(), many);
    assertThat(Envelope.of(only(report)).values("contexts.candor.partial").get(0).toString())
        .hasSizeLessThan(5000)
        .startsWith("source-0: busy, source-1: busy, ")
        .matches("(?s).*, \\d+ more");
  }

  @Test
  void aCrashLoopIsOneEventWithItsCount() {
    assertThat(Envelope.of(only(Reports.richCrash())).values("contexts.candor.count"))
        .containsExactly(12L);
    Report once =
        Reports.crash(
            Reports.crash(Optional.empty(), Optional.of(3), Optional.empty(), List.of()),
            1,
            List.of(),
            List.of());
    assertThat(Envelope.of(only(once)).values("contexts.candor.count")).isEmpty();
  }

  @Test
  void theCauseComesFirstAndTheOutermostSaysHowTheProcessEnded() {
    Envelope envelope = Envelope.of(only(Reports.richCrash()));
    List<JsonObject> exceptions = exceptions(envelope);

    assertThat(exceptions).hasSize(2);
    assertThat(exceptions.get(0).has("mechanism")).isFalse();
    assertThat(exceptions.get(1).get("type").getAsString())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(exceptions.get(1).get("mechanism").toString())
        .isEqualTo(
            "{\"type\":\"candor\",\"handled\":false,"
                + "\"meta\":{\"signal\":{\"number\":11,\"name\":\"SIGSEGV\"}},"
                + "\"data\":{\"exit_code\":139,\"core_dumped\":true}}");
  }

  @Test
  void aSignalWithoutAStackStandsForTheException() {
    Envelope envelope = ended(Optional.of(Reports.SEGV), Optional.of(139), Optional.of(false));

    assertThat(exceptions(envelope)).hasSize(1);
    assertThat(envelope.values("exception.values[].type")).containsExactly("SIGSEGV");
    assertThat(envelope.values("exception.values[].value"))
        .containsExactly("dataplane was ended by SIGSEGV");
    assertThat(envelope.values(MECHANISM + "meta.signal.number")).containsExactly(11L);
    assertThat(envelope.values(MECHANISM + "data.core_dumped")).containsExactly(false);
  }

  @Test
  void anExitWithoutAStackStandsForTheException() {
    Envelope envelope = ended(Optional.empty(), Optional.of(3), Optional.empty());

    assertThat(envelope.values("exception.values[].type")).containsExactly("Exit");
    assertThat(envelope.values(MECHANISM + "data.exit_code")).containsExactly(3L);
    assertThat(envelope.values(MECHANISM + "handled")).containsExactly(false);
    assertThat(envelope.paths()).noneMatch(path -> path.contains("signal"));
  }

  @Test
  void aDeathOfWhichNothingIsKnownIsAMessageOnly() {
    Envelope envelope = ended(Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(envelope.event().has("exception")).isFalse();
    assertThat(envelope.values("message.formatted"))
        .containsExactly("dataplane was ended by SIGSEGV");
    assertThat(envelope.values("level")).containsExactly("fatal");
  }

  @Test
  void aFactOfAnotherKindThanExpectedIsNotSaid() {
    Envelope envelope =
        Envelope.of(
            only(
                Reports.inventory(
                    Reports.text(FactNames.STORAGE_NODES, "three"),
                    new Fact(FactNames.STORAGE_POOLS, "", new Value.Measure(Double.NaN)),
                    Reports.count(FactNames.STORAGE_VERSION, 2))));
    assertThat(envelope.event().has("release")).isFalse();
    assertThat(envelope.paths()).noneMatch(path -> path.startsWith("contexts.candor"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "",
        "-999999999-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "1969-12-31T23:59:59Z"
      })
  void aTimeThatCannotBeIsReplacedByThatOfTheReport(String time) {
    Report report =
        crashWith(
            Reports.text(FactNames.CRASH_ID, Reports.CRASH_ID),
            Reports.text(FactNames.CRASH_AT, time),
            Reports.text(FactNames.CRASH_LEVEL, "DEBUG"));
    Envelope envelope = Envelope.of(only(report));
    assertThat(envelope.values("timestamp")).containsExactly("2026-11-21T12:00:00.250Z");
    assertThat(envelope.event().has("level")).isFalse();
  }

  private Envelope ended(
      Optional<KernelSignal> signal, Optional<Integer> exitCode, Optional<Boolean> coreDumped) {
    Crash crash = Reports.crash(signal, exitCode, coreDumped, List.<Failure>of());
    return Envelope.of(only(Reports.crash(crash, 1, List.of(), List.of())));
  }

  private static Report crashWith(Fact... facts) {
    return new Report(ReportKind.CRASH, Reports.NOON, List.of(facts), List.of());
  }

  private Message only(Report report) {
    List<Message> messages = formatter.format(report);
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static List<JsonObject> exceptions(Envelope envelope) {
    List<JsonObject> exceptions = new ArrayList<>();
    envelope
        .event()
        .getAsJsonObject("exception")
        .getAsJsonArray("values")
        .forEach(exception -> exceptions.add(exception.getAsJsonObject()));
    return exceptions;
  }
}
