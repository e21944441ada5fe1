package org.candor.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.candor.api.text.PlainText;
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

  private static final String HOSTILE =
      "x\u001b[2J\u009b2J\u202e\u2066\u200f\u061c\u2028\r\n\u0007y";

  @Test
  void noTerminalObeysWhatStandsInACell() {
    table.row("a" + HOSTILE, "ok" + HOSTILE, HOSTILE);
    String grid = String.join("", printed(new Screen(out, 0, false), true));
    assertThat(grid).matches(PlainText::showsAll).contains("x [2J 2J y");
    bytes.reset();
    String blocks = String.join("", printed(new Screen(out, 12, true), true));
    assertThat(blocks).matches(PlainText::showsAll);
  }

  @Test
  void aLineHasNoColoursButThoseThatWerePainted() {
    Screen screen = new Screen(out, 80, true);
    screen.println("a " + screen.paint(Colour.RED, "b" + HOSTILE) + HOSTILE + "\u001b[7m");
    new Screen(out, 80, false).println("  c" + HOSTILE + "\u001b[31m");
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("a \u001b[31mbx [2J 2J y\u001b[39mx [2J 2J y [7m", "  cx [2J 2J y [31m");
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
