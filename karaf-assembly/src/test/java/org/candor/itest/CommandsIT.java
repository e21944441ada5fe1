package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands, as scripts and people with fewer rights use them. */
class CommandsIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();

  @Test
  void anUnknownChannelFailsAndTheKnownOnesAreNamed() throws Exception {
    for (String command : List.of("send", "preview", "fields")) {
      Answer answer = karaf.command("telemetry:" + command + " sgment");
      assertThat(answer.exit()).as(command).isEqualTo(1);
      assertThat(answer.text())
          .contains(
              "There is no channel \"sgment\". There are: dns, segment, segment-ui, sentry,"
                  + " sentry-crash.");
    }
    Answer purpose = karaf.command("telemetry:explain weather");
    assertThat(purpose.exit()).isEqualTo(1);
    assertThat(purpose.text()).contains("usage", "errors", "version-check");
  }

  @Test
  void everyReadingCommandPrintsOneJsonDocument() throws Exception {
    for (String command :
        List.of(
            "status",
            "preview segment",
            "explain usage",
            "consent",
            "consent --history",
            "sources",
            "fields",
            "sent",
            "sent --all")) {
      for (String line : List.of("telemetry:" + command + " --json")) {
        Answer answer = karaf.run(line);
        assertThat(answer.json().isJsonObject()).as(line).isTrue();
        assertThat(answer.out().strip().lines()).as(line).hasSize(1);
        assertThat(answer.err()).as(line).isEmpty();
      }
    }
  }

  @Test
  void aViewerReadsAndDoesNotDecide() throws Exception {
    assertThat(karaf.command("onlooker", "telemetry:status --json").object().has("channels"))
        .isTrue();
    assertThat(karaf.command("onlooker", "telemetry:sent").exit()).isZero();
    assertThat(karaf.command("onlooker", "telemetry:consent --history").exit()).isZero();
    for (String command : List.of("disable usage", "enable", "send segment")) {
      Answer answer = karaf.command("onlooker", "telemetry:" + command);
      assertThat(answer.exit()).as(command + ": " + answer).isNotZero();
    }
    assertThat(karaf.run("telemetry:explain usage --json").out())
        .doesNotContain("turned off by onlooker");
  }

  @Test
  void binClientRunsThemFromAScript() throws Exception {
    Answer answer = karaf.client("telemetry:status --json\ntelemetry:explain usage --json");
    assertThat(answer.exit()).isZero();
    assertThat(answer.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{"));
    assertThat(karaf.client("telemetry:preview nothing").exit()).isEqualTo(1);
  }
}
