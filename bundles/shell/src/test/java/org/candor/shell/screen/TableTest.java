package org.candor.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Table table = new Table("Nothing.").word("Name").label("State").text("Meaning");

  private List<String> printed(Screen screen, boolean format) {
    table.print(screen, format);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void textIsWrappedToTheScreenWithoutLosingALetter() {
    table.row("a", "ok", "one two three four fivesixseveneightnine");
    assertThat(printed(new Screen(out, 31, false), true))
        .containsExactly(
            "Name | State | Meaning",
            "-----+-------+----------------",
            "a    | ok    | one two three",
            "     |       | four",
            "     |       | fivesixseveneig",
            "     |       | htnine");
  }

  @Test
  void aRowBecomesABlockWhereTheScreenIsTooNarrow() {
    table.row("a", "ok", "one two three");
    table.row("b", "off", "");
    assertThat(printed(new Screen(out, 18, true), true))
        .containsExactly(
            "Name     a",
            "State    \u001b[32mok\u001b[39m",
            "Meaning  one two",
            "         three",
            "",
            "Name     b",
            "State    off",
            "");
  }

  @Test
  void statesAreColouredByMeaning() {
    table.row("a", "ok", "x");
    table.row("b", "refused", "x");
    table.row("c", "off", "x");
    assertThat(printed(new Screen(out, 0, true), true))
        .contains(
            "a    | \u001b[32mok     \u001b[39m | x",
            "b    | \u001b[31mrefused\u001b[39m | x",
            "c    | off     | x");
  }

  @Test
  void scriptsGetNoColours() {
    table.row("a", "ok", "one\ntwo");
    assertThat(printed(new Screen(out, 10, true), false)).containsExactly("a   \tok   \tone two");
  }

  @Test
  void anEmptyTableSaysSo() {
    assertThat(printed(new Screen(out, 0, false), true)).contains("Nothing.");
  }
}
