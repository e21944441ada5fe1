package org.candor.shell;

import org.apache.karaf.shell.api.action.Option;

/** Base of commands that print tables. */
abstract class TableCommand extends JsonCommand {

  @Option(
      name = "--no-format",
      description = "Print rows only: no headers, no colours, cells separated by tabs")
  private boolean noFormat;

  final boolean format() {
    return !noFormat;
  }

  @Override
  boolean takes(String word) {
    if (word.equals("--no-format")) {
      noFormat = true;
      return true;
    }
    return super.takes(word);
  }
}
