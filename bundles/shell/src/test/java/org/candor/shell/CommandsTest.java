package org.candor.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.control.ChannelState;
import org.candor.api.control.Journal;
import org.candor.api.control.Preview;
import org.candor.api.sink.Outcome;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeNotice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see, and how commands end. */
class CommandsTest {

  private final FakeControl control = new FakeControl(Instant.now());
  private final Shell shell = new Shell(control);

  @AfterEach
  void close() {
    shell.close();
  }

  private String printed(String command) {
    Shell.Result result = shell.run(command);
    assertThat(result.failure()).isEmpty();
    assertThat(result.exit()).isZero();
    return result.out();
  }

  private String refused(String command) {
    Shell.Result result = shell.run(command);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    return result.failure();
  }

  @Test
  void statusIsChannelsAdviceSourcesAndRole() {
    assertThat(printed("telemetry:status").lines())
        .containsExactly(
            "Channel | Purpose       | State        | Decided by    | Endpoint               | Next"
                + "      | Last delivery | Queued | Lost",
            "--------+---------------+--------------+---------------+------------------------+--"
                + "---------+---------------+--------+----------",
            "segment | usage         | unconfigured | configuration | https://api.segment.io | in 12"
                + " min | 3 h ago       |      3 | 2 expired",
            "sentry  | errors        | off          | environment   | -                      | -   "
                + "      | never         |      0 | none",
            "dns     | version-check | grace        | default       | v1.example.com         | in 10"
                + " min | never         |      0 | none",
            "segment: Set writeKey in etc/org.candor.sink.segment.cfg.",
            "",
            "Source | State   | Observed  | Facts |    Took | Error",
            "-------+---------+-----------+-------+---------+----------",
            "dcos   | failing | 1 min ago |     0 | 1500 ms | timed out",
            "karaf  | waiting | -         |     0 |       - |",
            "",
            "Cluster role: single");
  }

  @Test
  void crashesShowWhatBecameOfThem() {
    assertThat(
            printed("telemetry:crashes --no-format").lines().map(line -> line.split("\\s*\t\\s*")))
        .containsExactly(
            new String[] {
              "dataplane",
              "1 min ago",
              "SIGSEGV (11)",
              "139",
              "yes",
              "1",
              "delivered",
              "dataplane was killed by SIGSEGV"
            },
            new String[] {
              "api", "3 min ago", "-", "3", "-", "997", "withheld", "api ended with status 3"
            });
    assertThat(printed("telemetry:crashes --stack").lines())
        .endsWith(
            "",
            "dataplane, " + control.now.minusSeconds(90),
            "  java.lang.IllegalStateException",
            "  at com.acme.Db.open(Db.java:12)");
    control.unwritable = Optional.of(new IOException("no such disk"));
    assertThat(refused("telemetry:crashes")).contains("cannot be read: no such disk");
  }

  @Test
  void anUpgradeShowsAtLoginAndInFull() {
    assertThat(printed("telemetry:upgrade")).contains("Newest:    unknown", "Checked:   never");
    assertThat(printed("telemetry:notice")).doesNotContain("is out");
    control.upgrade =
        new UpgradeNotice(
            "1.0.0",
            "2.0.0",
            Severity.REQUIRED,
            "https://example.org/2",
            "dns:upgrades.test via system",
            false,
            Optional.of(Instant.now().minusSeconds(90)));
    assertThat(printed("telemetry:notice"))
        .startsWith("Version 2.0.0 is out; the upgrade is required (unsigned).");
    assertThat(printed("telemetry:upgrade").lines())
        .containsExactly(
            "Running:   1.0.0",
            "Newest:    2.0.0",
            "Upgrade:   required",
            "From:      dns:upgrades.test via system",
            "Read on:   https://example.org/2",
            "Signature: none was checked",
            "Checked:   1 min ago");
  }

  @Test
  void whatAVersionAddedIsListedAndMarkedWhileItIsWithheld() {
    assertThat(printed("telemetry:fields --no-format")).doesNotContain("not before");
    assertThat(printed("telemetry:fields --since 0.2.0"))
        .isEqualTo("Nothing was added since 0.2.0.\n");
    control.add("0.10.0");
    assertThat(printed("telemetry:fields --no-format")).contains("not before in", "health-unit");
    for (String command :
        List.of("--since 0.9.1", "--since 0.10.0 segment", "segment --since 0.10.0-rc.1")) {
      assertThat(printed("telemetry:fields --no-format " + command))
          .contains("later")
          .doesNotContain("health-unit");
    }
    assertThat(printed("telemetry:fields --since 0.10.1")).contains("Nothing was added");
    for (String bad : List.of("x", "1..2", "0.1.0.0", "latest")) {
      assertThat(refused("telemetry:fields --since " + bad))
          .isEqualTo("--since \"" + bad + "\" is refused; allowed is a version such as 0.1.0.");
    }
    assertThat(refused("telemetry:fields segment --since"))
        .isEqualTo("--since needs a version such as 0.1.0.");
  }

  @Test
  void whatAnUpgradeAddedShowsAtLogin() {
    assertThat(printed("telemetry:notice")).doesNotContain("Since an upgrade");
    control.add("0.2.0");
    assertThat(printed("telemetry:notice"))
        .contains(
            "Since an upgrade this system can report more than before:",
            "segment: later, withheld, leaves in",
            "telemetry:fields segment");
  }

  @Test
  void scriptsGetRowsOnly() {
    assertThat(
            printed("telemetry:sources --no-format").lines().map(line -> line.split("\\s*\t\\s*")))
        .containsExactly(
            new String[] {"dcos", "failing", "1 min ago", "0", "1500 ms", "timed out"},
            new String[] {"karaf", "waiting", "-", "0", "-"});
  }

  @Test
  void previewPrintsThePayloadsAndNothingElse() {
    Shell.Result result = shell.run("telemetry:preview segment");
    assertThat(result.out()).isEqualTo("{\"event\":\"hälth\"}\n{}");
    assertThat(result.err()).isEmpty();
    assertThat(printed("telemetry:preview segment | grep event"))
        .contains("hälth")
        .doesNotContain("{}");
  }

  @Test
  void aPreviewOfNothingSaysWhy() {
    control.preview = new Preview("segment", List.of(), List.of(), "No formatter is installed.");
    assertThat(refused("telemetry:preview segment")).isEqualTo("No formatter is installed.");
  }

  @Test
  void aPreviewThatCannotBeMadeSaysWhyInOneLine() {
    control.noPreview = Optional.of("clusterIdFile = /no cannot be read: it does not exist.");
    var nowhere = new ByteArrayOutputStream();
    var session = shell.session(nowhere, nowhere);
    assertThatThrownBy(() -> session.execute("telemetry:preview segment"))
        .as("of anything else the shell logs the stack")
        .isInstanceOf(CommandException.class)
        .hasMessage(control.noPreview.get());
    session.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"preview segmen", "send segmen", "fields segmen"})
  void anUnknownChannelIsNamedWithTheKnownOnes(String command) {
    assertThat(refused("telemetry:" + command))
        .isEqualTo("There is no channel \"segmen\". There are: segment, sentry, dns.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain usag", "enable usag", "disable usag"})
  void anUnknownPurposeIsNamedWithTheKnownOnes(String command) {
    assertThat(refused("telemetry:" + command))
        .isEqualTo("There is no purpose \"usag\". There are: usage, errors, version-check.");
  }

  @Test
  void oneArgumentIsEnough() {
    assertThat(refused("telemetry:preview segment dns")).contains("not segment dns");
  }

  @Test
  void whatIsDeliveredIsSaid() {
    control.results = List.of(control.result(ChannelState.ACTIVE, "", Outcome.DELIVERED));
    assertThat(printed("telemetry:send segment"))
        .isEqualTo("segment: delivered, 17 bytes: 200 OK\n");
  }

  @ParameterizedTest
  @EnumSource(value = Outcome.class, names = "DELIVERED", mode = EnumSource.Mode.EXCLUDE)
  void whatIsNotDeliveredIsAFailure(Outcome outcome) {
    control.results = List.of(control.result(ChannelState.FAILING, "1 remains queued.", outcome));
    Shell.Result result = shell.run("telemetry:send segment");
    assertThat(result.out())
        .isEqualTo("segment: " + outcome.label() + ", 17 bytes: 200 OK. 1 remains queued.\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.failure()).isEqualTo("Nothing was delivered.");
    assertThat(shell.run("telemetry:send segment --json").exit()).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsASentenceGetsNoSecondFullStop() {
    control.sinkAnswer = "Aborted on the owner's word.";
    control.results = List.of(control.result(ChannelState.OFF, "Forbidden.", Outcome.WITHDRAWN));
    assertThat(shell.run("telemetry:send segment").out())
        .endsWith(": Aborted on the owner's word. Forbidden.\n");
  }

  @Test
  void aChannelThatIsOffDeliversNothing() {
    control.results = List.of(control.result(ChannelState.OFF, "The environment forbids usage."));
    Shell.Result result = shell.run("telemetry:send");
    assertThat(result.out()).isEqualTo("segment: off. The environment forbids usage.\n");
    assertThat(result.failure()).isEqualTo("Nothing was delivered.");
  }

  @Test
  void deliveringSomeOfItIsAFailure() {
    control.results =
        List.of(control.result(ChannelState.FAILING, "", Outcome.DELIVERED, Outcome.REFUSED));
    assertThat(shell.run("telemetry:send").failure()).isEqualTo("Not everything was delivered.");
  }

  @Test
  void anAnswerSaysHowEachPurposeStands() {
    assertThat(printed("telemetry:disable errors"))
        .isEqualTo("errors is off: configuration forbids it (etc/org.candor.consent.cfg).\n");
    assertThat(printed("telemetry:enable").lines())
        .containsExactly(
            "usage is allowed: configuration allows it (etc/org.candor.consent.cfg).",
            "errors is allowed: configuration allows it (etc/org.candor.consent.cfg).",
            "version-check is allowed: configuration allows it (etc/org.candor.consent.cfg).");
  }

  @Test
  void aYesAgainstAStricterLayerSaysThatItChangesNothing() {
    control.forbidding = Optional.of("DO_NOT_TRACK=1");
    assertThat(printed("telemetry:enable usage"))
        .isEqualTo(
            "usage is off: environment forbids it (DO_NOT_TRACK=1). Your yes is on record, but"
                + " changes nothing while that layer forbids.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "enable,''",
    "disable,' Nothing is sent until the next start all the same.'",
  })
  void anAnswerThatCannotBeWrittenIsAFailure(String command, String obeyed) {
    String why = "etc/org.candor.consent.cfg could not be written: disk full";
    control.unwritable = Optional.of(new IOException(why));
    assertThat(refused("telemetry:" + command)).isEqualTo(why + "." + obeyed);
  }

  @Test
  void explainNamesTheDecider() {
    assertThat(printed("telemetry:explain usage").lines())
        .containsExactly(
            "usage is allowed: no layer says otherwise.",
            "Layer         | Verdict | Why",
            "--------------+---------+---------------------------",
            "environment   | silent  | no variable is set",
            "configuration | silent  | etc/org.candor.consent.cfg");
  }

  @Test
  void thePayloadIsPrintedAsItLeft() {
    assertThat(printed("telemetry:sent --payload p-1")).isEqualTo("{\"event\":\"hälth\"}");
    assertThat(refused("telemetry:sent --payload p-9")).contains("no payload \"p-9\"");
  }

  @Test
  void whatAnEndpointAnsweredDoesNotSteerTheTerminal() {
    assertThat(printed("telemetry:sent")).contains("200 OK [31m").doesNotContain("\u001b");
  }

  @Test
  void aJournalThatCannotBeReadIsAFailureInItsOwnWords() {
    control.unreadable =
        Optional.of(new UncheckedIOException("cannot open journal.mv", new IOException()));
    assertThat(refused("telemetry:sent")).isEqualTo("cannot open journal.mv");
  }

  @Test
  void aListThatLeavesEntriesOutSaysSo() {
    assertThat(printed("telemetry:sent --count 1"))
        .endsWith("\nThe newest 1 of 2; --count N shows more.\n");
    assertThat(printed("telemetry:sent --count 2")).doesNotContain("--count");
    assertThat(printed("telemetry:sent --count 1 --no-format")).hasLineCount(1);
  }

  @Test
  void wordsFindWhatLeft() {
    assertThat(printed("telemetry:sent --no-format --search 'DELIVERED segment'"))
        .hasLineCount(1)
        .contains("p-1");
    assertThat(printed("telemetry:sent --search refused"))
        .contains("Nothing that left has these words.");
  }

  @Test
  void whatIsForgottenIsToldOnceWithWhomToAsk() {
    assertThat(printed("telemetry:forget --force").lines())
        .contains("  clusterId  c-1", "  nodeId     n-1", "  segment  https://api.segment.io")
        .anyMatch(line -> line.contains("New ids are in /k/etc/org.candor.identity.ids,"))
        .anyMatch(line -> line.startsWith("Candor cannot erase what others hold."))
        .anyMatch(line -> line.endsWith("until you set another there: clusterId."))
        .anyMatch(line -> line.endsWith("cfg: customerKey."));
  }

  @Test
  void anImageIsPreparedAndWhatToDoIsTold() {
    assertThat(printed("telemetry:forget --prepare-image --force"))
        .contains("Stop Karaf now and take the image", "  clusterId  c-1");
    assertThat(control.images).isEqualTo(1);
    assertThat(control.forgets).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--json", "--prepare-image"})
  void nothingIsErasedWhereNobodyCanBeAsked(String option) {
    assertThat(refused("telemetry:forget " + option)).contains("nothing was erased", "--force");
    assertThat(control.forgets + control.images).isZero();
  }

  @Test
  void whatCannotBeErasedIsAFailure() {
    control.unwritable = Optional.of(new IOException("etc is read-only."));
    assertThat(refused("telemetry:forget -f")).startsWith("etc is read-only. What has begun");
  }

  @Test
  void anIntactJournalTellsItsHead() {
    assertThat(printed("telemetry:sent --verify").lines())
        .startsWith("The journal is intact: 2 entries.", "Head: 2 cd")
        .last()
        .asString()
        .contains("Note the head");
    control.verification = new Journal.Verification(2, true, Optional.empty(), FakeControl.HEAD, 1);
    assertThat(printed("telemetry:sent --verify")).contains("Before them 1 entry went");
  }

  @Test
  void theExportIsTheLinesAndNothingElse() {
    assertThat(printed("telemetry:sent --export"))
        .isEqualTo("{\"number\":1,\"answer\":\"hält\"}\n{\"number\":2}\n");
    control.unwritable = Optional.of(new IOException("Try it again."));
    assertThat(refused("telemetry:sent --export")).contains("Try it again.");
  }

  @Test
  void aBrokenJournalIsAFailure() {
    control.verification =
        new Journal.Verification(2, false, Optional.of("p-1"), FakeControl.HEAD, 0);
    assertThat(refused("telemetry:sent --verify"))
        .isEqualTo("The journal was changed: of 2 entries, the first that does not fit is p-1.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "few"})
  void aCountThatIsNoneIsRefused(String count) {
    assertThat(refused("telemetry:sent --count " + count))
        .isEqualTo(
            "--count = " + count + " is refused; allowed is a whole number from 1 to 1000000.");
  }

  @Test
  void theNoticeNamesWhatNobodyHasAnswered() {
    control.channels =
        List.of(
            control.segment(ChannelState.GRACE, "default"),
            control.segment(ChannelState.ACTIVE, "configuration"),
            control.segment(ChannelState.ACTIVE, "default"),
            control.segment(ChannelState.OFF, "default"));
    assertThat(printed("telemetry:notice").lines())
        .containsExactly(
            "This system reports about itself unless you say no:",
            "  segment: health (usage) to https://api.segment.io, first in 12 min",
            "  segment: health (usage) to https://api.segment.io, next in 12 min",
            "See every byte:  telemetry:preview segment",
            "Stop it:         telemetry:disable",
            "Agree to it:     telemetry:enable",
            "");
  }

  @Test
  void aSessionShowsTheNoticeOnceWhereThatIsAsked() {
    assertThat(printed("telemetry:notice --once; telemetry:notice --once"))
        .containsOnlyOnce("telemetry:disable");
    assertThat(printed("telemetry:notice; telemetry:notice")).contains("enable\n\nThis system");
  }

  @Test
  void thereIsNoNoticeOnceSomebodyHas() {
    control.channels = List.of(control.segment(ChannelState.ACTIVE, "configuration"));
    assertThat(printed("telemetry:notice")).isEmpty();
  }
}
