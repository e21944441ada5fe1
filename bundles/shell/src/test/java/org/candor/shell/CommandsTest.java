package org.candor.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.ChannelState;
import org.candor.api.sink.Outcome;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeNotice;
import org.candor.control.Announced;
import org.candor.control.Journal;
import org.candor.control.Matter;
import org.candor.control.Preview;
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
            "Cluster role: single",
            "etc/org.candor.channel-segment.cfg: intervall = 1m: unknown key, ignored; did you mean"
                + " interval?",
            "etc/org.candor.sink.dsn.cfg: unknown file, ignored.");
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
    assertThat(printed("telemetry:upgrade"))
        .contains("Newest:        unknown", "Checked:       never");
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
            "Running:       1.0.0",
            "Newest:        2.0.0",
            "Upgrade:       required",
            "From:          dns:upgrades.test via system",
            "Release notes: https://example.org/2",
            "Signature:     not checked",
            "Checked:       1 min ago");
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
            "segment: later, withheld, first sent in",
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

  @Test
  void anUnknownPurposeIsNamedWithTheKnownOnes() {
    assertThat(refused("telemetry:explain usag"))
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
        .isEqualTo("errors is off: answers forbids it (by karaf in the shell).\n");
    assertThat(printed("telemetry:enable").lines())
        .containsExactly(
            "usage is allowed: answers allows it (by karaf in the shell).",
            "errors is allowed: answers allows it (by karaf in the shell).",
            "version-check is allowed: answers allows it (by karaf in the shell).");
  }

  @Test
  void aGrantOverADenialIsRefusedAndTheRestIsDone() {
    control.forbidding = Optional.of("DO_NOT_TRACK=1");
    assertThat(refused("telemetry:enable usage"))
        .isEqualTo(
            "usage stays off, because environment forbids it: DO_NOT_TRACK=1. Change that first.");
    Shell.Result json = shell.run("telemetry:enable usage --json");
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.out())
        .contains(
            "\"refused\":[{\"purpose\":\"usage\",\"layer\":\"environment\",\"why\":\"DO_NOT_TRACK=1\"}]");
  }

  @Test
  void channelsAreTurnedOffAndOnByNameBesidePurposes() {
    assertThat(printed("telemetry:disable segment errors").lines())
        .containsExactly(
            "errors is off: answers forbids it (by karaf in the shell).",
            "segment is off until telemetry:enable segment.");
    assertThat(control.offByName).containsKey("segment");
    printed("telemetry:enable");
    assertThat(control.offByName).as("by name only").containsKey("segment");
    assertThat(printed("telemetry:enable segment")).isEqualTo("segment is on.\n");
    assertThat(control.offByName).isEmpty();
    assertThat(refused("telemetry:disable segmnt"))
        .startsWith("There is no purpose and no channel \"segmnt\". There are: usage, errors,");
  }

  @ParameterizedTest
  @CsvSource({
    "enable,''",
    "disable,' What you turned off stays off until Karaf restarts, but could not be saved.'",
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
            "usage is allowed: no layer forbids it.",
            "Layer       | Verdict | Why",
            "------------+---------+----------------------",
            "environment | silent  | no variable is set",
            "answers     | silent  | by karaf in the shell");
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
        .contains("No attempt contains all of these words.");
  }

  @Test
  void changesOfWhatIsAllowedAreListedAmongTheAttemptsWhereThatIsAsked() {
    control.changes.add(control.denial());
    control.changes.add(control.grantOfAChannel());
    assertThat(printed("telemetry:sent --no-format")).hasLineCount(2).doesNotContain("d-1");
    List<String> rows = printed("telemetry:sent --all --no-format").lines().toList();
    assertThat(rows).hasSize(4);
    assertThat(rows.get(2).split(" *\t"))
        .containsExactly(
            control.now.truncatedTo(ChronoUnit.SECONDS).toString(),
            "-",
            "usage",
            "shell: karaf",
            "not answered -> off",
            "",
            "127.0.0.1",
            "",
            "d-1");
    assertThat(rows.get(3)).matches(".*sentry-crash\t- *\thttp *\toff -> on *\t.*");
    assertThat(printed("telemetry:sent --all --no-format --search 'turned off'"))
        .hasLineCount(1)
        .contains("d-1");
    assertThat(printed("telemetry:sent --all --search nowhere"))
        .contains("No entry contains all of these words.");
  }

  @Test
  void consentIsWhoDecidesNowAndWhatChangedLately() {
    assertThat(printed("telemetry:consent")).contains("Nothing has changed.");
    printed("telemetry:disable errors");
    for (int i = 0; i < 5; i++) {
      control.changes.add(control.denial());
    }
    assertThat(printed("telemetry:consent")).doesNotContain("--history");
    control.changes.add(control.grantOfAChannel());
    List<String> lines = printed("telemetry:consent").lines().toList();
    assertThat(lines.subList(0, 5))
        .containsExactly(
            "usage is allowed: no layer forbids it.",
            "errors is off: answers forbids it (by karaf in the shell).",
            "version-check is allowed: no layer forbids it.",
            "",
            "At                   | About                | Before       | After | Way   | By    |"
                + " Address");
    assertThat(lines.subList(6, 11)).last().asString().contains("channel sentry-crash | off");
    assertThat(lines.subList(11, 12)).containsExactly("The newest 5; --history shows all.");
    assertThat(printed("telemetry:consent --history")).doesNotContain("usage is").hasLineCount(8);
  }

  @Test
  void theHistoryOfAJournalThatCannotBeReadIsAFailureInItsOwnWords() {
    control.unreadable =
        Optional.of(new UncheckedIOException("cannot open journal.mv", new IOException()));
    assertThat(refused("telemetry:consent --history")).isEqualTo("cannot open journal.mv");
    assertThat(refused("telemetry:consent")).isEqualTo("cannot open journal.mv");
  }

  @Test
  void whatIsForgottenIsToldOnceWithWhomToAsk() {
    assertThat(printed("telemetry:forget --force").lines())
        .contains("  clusterId  c-1", "  nodeId     n-1", "  segment  https://api.segment.io")
        .anyMatch(line -> line.contains("New ids are in /k/etc/org.candor.identity.ids,"))
        .anyMatch(line -> line.startsWith("Candor cannot erase what others have received."))
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
    assertThat(refused("telemetry:forget -f")).startsWith("etc is read-only. What was begun");
  }

  @Test
  void anIntactJournalTellsItsHead() {
    assertThat(printed("telemetry:sent --verify").lines())
        .startsWith("The journal is intact: 2 entries.", "Head: 2-cd")
        .last()
        .asString()
        .contains("Note the head");
    control.verification =
        new Journal.Verification(2, true, Optional.empty(), FakeControl.HEAD, 1, Optional.empty());
    assertThat(printed("telemetry:sent --verify"))
        .contains("Removed to keep within the size limit, with their hashes left: 1 entry.");
  }

  @Test
  void aJournalIsHeldAgainstAHeadThatWasNoted() {
    assertThat(printed("telemetry:sent --verify --since 2-" + "a".repeat(64)))
        .contains("It continues the journal whose head was noted.");
    assertThat(refused("telemetry:sent --verify --since 2-" + "b".repeat(64)))
        .contains("does not continue");
    assertThat(refused("telemetry:sent --verify --since 2-" + "c".repeat(64)))
        .contains("cannot be shown any more");
    assertThat(refused("telemetry:sent --verify --since 2-cd"))
        .isEqualTo(
            "--since = 2-cd is refused; allowed is SIZE-ROOT, a number and 64 hexadecimal digits.");
    assertThat(refused("telemetry:sent --since " + "a".repeat(64)))
        .isEqualTo("--since goes with --verify or --proof.");
  }

  @Test
  void anEntryIsPrintedWithItsProof() {
    assertThat(printed("telemetry:sent --proof p-1"))
        .isEqualTo(
            "{\"number\":1}\n{\"kind\":\"proof\",\"number\":1,\"size\":2,\"root\":\"cd\","
                + "\"path\":[\"ef\",\"01\"]}\n");
    assertThat(refused("telemetry:sent --proof p-9")).contains("no entry \"p-9\"");
    assertThat(refused("telemetry:sent --proof p-1 --since 1-" + "a".repeat(64)))
        .contains("cannot prove an entry \"p-1\" with this head");
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
        new Journal.Verification(
            2, false, Optional.of("p-1"), FakeControl.HEAD, 0, Optional.empty());
    assertThat(refused("telemetry:sent --verify"))
        .isEqualTo("The journal was altered: of 2 entries, the first that does not fit is p-1.");
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
  void theNoticeNamesWhatWasAnnouncedAndWhenItLeaves() {
    control.channels = List.of(control.segment(ChannelState.GRACE, "configuration"));
    Optional<Instant> until = Optional.of(control.now.plus(Duration.ofSeconds(570)));
    control.announced =
        List.of(
            new Announced("segment", Matter.DESTINATION, "https://relay.example", until),
            new Announced("audit", Matter.CHANNEL, "errors to file:/audit", until),
            new Announced("dns", Matter.PURPOSE, "usage", Optional.empty()),
            new Announced("dns", Matter.PLUGIN, "formatter other", Optional.empty()),
            new Announced("sentry", Matter.GRANT, "errors", until));
    assertThat(printed("telemetry:notice").lines())
        .containsExactly(
            "What this system reports has changed:",
            "  segment: now sends to https://relay.example, first in 9 min",
            "  audit: a new channel, sends errors to file:/audit, first in 9 min",
            "  dns: now for the purpose usage",
            "  dns: now uses the formatter other",
            "  sentry: errors is allowed again by a file, first in 9 min",
            "See every byte:  telemetry:preview segment",
            "Stop it:         telemetry:disable segment",
            "Accept it:       telemetry:enable segment",
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
