package org.candor.shell.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;
import org.candor.api.text.PlainText;

/**
 * Text table that fits its screen by wrapping the columns that hold text; where that is not enough,
 * each row becomes a block of lines. For one thread.
 */
public final class Table {

  private static final int SEPARATOR = " | ".length();

  private enum Kind {
    WORD,
    NUMBER,
    LABEL,
    TEXT
  }

  private record Column(String header, Kind kind) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final String whenEmpty;

  /**
   * @param whenEmpty said instead of rows when there are none
   */
  public Table(String whenEmpty) {
    this.whenEmpty = whenEmpty;
  }

  /** A column that is never wrapped. */
  public Table word(String header) {
    return column(header, Kind.WORD);
  }

  /** A column of numbers. */
  public Table number(String header) {
    return column(header, Kind.NUMBER);
  }

  /** A column of states, outcomes or verdicts, in their colours. */
  public Table label(String header) {
    return column(header, Kind.LABEL);
  }

  /** A column that is wrapped where the screen is narrow. */
  public Table text(String header) {
    return column(header, Kind.TEXT);
  }

  private Table column(String header, Kind kind) {
    columns.add(new Column(header, kind));
    return this;
  }

  /** A row, one cell for each column. */
  public void row(Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> printable(cell.toString())).toList());
  }

  // What an endpoint answered is shown too, and must not steer the terminal.
  private static String printable(String cell) {
    return PlainText.shown(cell).strip();
  }

  /**
   * @param format false for scripts: no headers, no wrapping, cells separated by tabs
   */
  public void print(Screen screen, boolean format) {
    Widths widths = widths(format ? screen.width() : 0);
    if (widths.fit()) {
      printGrid(screen, format, widths);
    } else {
      rows.forEach(row -> printBlock(screen, row));
    }
  }

  private void printGrid(Screen screen, boolean format, Widths widths) {
    ShellTable table = new ShellTable();
    table.emptyTableText(whenEmpty);
    for (Column column : columns) {
      table.column(col(column, format && screen.colours()));
    }
    for (List<String> row : rows) {
      List<Object> cells = new ArrayList<>();
      for (int column = 0; column < row.size(); column++) {
        cells.add(new Wrapping(widths.of(column)).wrap(row.get(column)));
      }
      table.addRow().addContent(cells);
    }
    table.print(screen.out(), format);
  }

  private void printBlock(Screen screen, List<String> row) {
    int indent = columns.stream().mapToInt(column -> column.header.length()).max().orElse(0) + 2;
    Wrapping wrapping = new Wrapping(Math.max(1, screen.width() - 1 - indent));
    for (int index = 0; index < row.size(); index++) {
      Column column = columns.get(index);
      String cell = row.get(index);
      String header = column.header + " ".repeat(indent - column.header.length());
      String value =
          column.kind == Kind.LABEL
              ? screen.paint(cell)
              : wrapping.wrap(cell).replace("\n", "\n" + " ".repeat(indent));
      if (!cell.isEmpty()) {
        (header + value).lines().forEach(screen::println);
      }
    }
    screen.println("");
  }

  private static Col col(Column column, boolean colours) {
    Col col = new Col(column.header);
    if (column.kind == Kind.NUMBER) {
      col.alignRight();
    }
    if (column.kind == Kind.LABEL && colours) {
      col.colorProvider(Table::colour);
    }
    return col;
  }

  // Karaf takes null for no colour.
  private static String colour(String label) {
    Colour colour = Colour.of(label);
    return colour == Colour.DEFAULT ? null : colour.code();
  }

  private Widths widths(int screenWidth) {
    List<Integer> natural = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      int index = column;
      natural.add(
          Math.max(
              columns.get(column).header.length(),
              rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0)));
    }
    int separators = SEPARATOR * (columns.size() - 1);
    return new Widths(
        natural,
        columns.stream().map(column -> column.kind == Kind.TEXT).toList(),
        screenWidth == 0 ? Integer.MAX_VALUE : screenWidth - 1 - separators);
  }
}
