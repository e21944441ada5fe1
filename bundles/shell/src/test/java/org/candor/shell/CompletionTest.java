package org.candor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tabulator key offers, as Karaf's own shell asks for it. */
class CompletionTest {

  private final Shell shell = new Shell(new FakeControl(Instant.now()));
  private final Session session =
      shell.session(new ByteArrayOutputStream(), new ByteArrayOutputStream());

  @AfterEach
  void close() {
    session.close();
    shell.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"preview", "send", "fields"})
  void channels(String command) {
    assertThat(offered(command, "se")).containsExactlyInAnyOrder("segment", "sentry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "disable", "explain"})
  void purposes(String command) {
    assertThat(offered(command, "")).contains("usage", "errors", "version-check");
    assertThat(offered(command, "v")).containsExactly("version-check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enable", "disable"})
  void channelsBesidePurposes(String command) {
    assertThat(offered(command, "se")).containsExactlyInAnyOrder("segment", "sentry");
  }

  private List<String> offered(String name, String word) {
    Command command =
        session.getRegistry().getCommands().stream()
            .filter(c -> c.getScope().equals("telemetry") && c.getName().equals(name))
            .findFirst()
            .orElseThrow();
    List<String> candidates = new ArrayList<>();
    command.getCompleter(false).complete(session, new Line("telemetry:" + name, word), candidates);
    return candidates;
  }

  /** A command and the beginning of its first argument, with the cursor behind it. */
  private record Line(String command, String word) implements CommandLine {

    @Override
    public int getCursorArgumentIndex() {
      return 1;
    }

    @Override
    public String getCursorArgument() {
      return word;
    }

    @Override
    public int getArgumentPosition() {
      return word.length();
    }

    @Override
    public String[] getArguments() {
      return new String[] {command, word};
    }

    @Override
    public int getBufferPosition() {
      return getBuffer().length();
    }

    @Override
    public String getBuffer() {
      return command + " " + word;
    }
  }
}
