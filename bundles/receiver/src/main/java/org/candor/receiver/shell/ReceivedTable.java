package org.candor.receiver.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.support.table.ShellTable;
import org.candor.receiver.ReceivedMessage;

/**
 * Entries as a table, each with the beginning of its body.
 *
 * @param width of the terminal; 0 when there is none
 */
record ReceivedTable(int width) {

  private static final int EXCERPT = 200;

  void print(List<ReceivedMessage> entries, PrintStream out, boolean format) {
    ShellTable table = new ShellTable();
    table.column("Channel");
    table.column("Received at");
    table.column("Bytes").alignRight();
    table.column("Duplicates").alignRight();
    table.column("Body");
    table.emptyTableText("Nothing has been received yet.");
    if (width > 1) {
      table.size(width - 1);
    }
    for (ReceivedMessage entry : entries) {
      table
          .addRow()
          .addContent(
              entry.channel(),
              entry.receivedAt(),
              entry.body().size(),
              entry.duplicates(),
              excerpt(entry));
    }
    table.print(out, format);
  }

  // A body is a stranger's: what a terminal would obey is not shown.
  private static String excerpt(ReceivedMessage entry) {
    String text = entry.body().utf8();
    String start = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
    return start.replaceAll("\\p{Cc}", " ");
  }
}
