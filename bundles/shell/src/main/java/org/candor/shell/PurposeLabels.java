package org.candor.shell;

import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.candor.api.consent.Purpose;

/** Completer of purpose labels. */
@Service
public final class PurposeLabels implements Completer {

  /** All labels, in the order in which purposes are listed. */
  static List<String> all() {
    return Arrays.stream(Purpose.values()).map(Purpose::label).toList();
  }

  /** What to say of a purpose that is none. */
  static String unknown(String label) {
    return "There is no purpose \"" + label + "\". There are: " + String.join(", ", all()) + ".";
  }

  @Override
  public int complete(Session session, CommandLine commandLine, List<String> candidates) {
    return new StringsCompleter(all()).complete(session, commandLine, candidates);
  }
}
