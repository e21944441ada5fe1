package org.candor.source.crash.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTokenizerTest {

  /** Against a real shell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b  c",
        " a\tb ",
        "'a b' \"c d\" e\\ f",
        "a'b c'd\"e f\"g",
        "'' \"\" x",
        "'a\"b' \"a'b\"",
        "\"a\\\"b\\\\c\\$d\\`e\\nf\"",
        "'a\\b'",
        "--flag='x y' -Dkey=\"v w\"",
        "a\\'b"
      })
  void splitsLikeAShell(String text) throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh", "-c", "for word in " + text + "; do printf '%s\\0' \"$word\"; done")
            .start();
    String words = new String(shell.getInputStream().readAllBytes());
    assertThat(CommandLineTokenizer.of(text))
        .containsExactly(words.substring(0, words.length() - 1).split("\0", -1));
  }

  @Test
  void expandsNothing() {
    assertThat(CommandLineTokenizer.of("echo $HOME *.txt `id` ; a | b"))
        .isEqualTo(List.of("echo", "$HOME", "*.txt", "`id`", ";", "a", "|", "b"));
    assertThat(CommandLineTokenizer.of("  ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 'b", "a \"b", "a \"b\\", "a\\"})
  void everyQuoteMustBeClosed(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> CommandLineTokenizer.of(text));
  }
}
