package org.candor.format.sentry;

import java.util.List;
import java.util.StringJoiner;
import org.candor.api.report.Gap;

/** Which sources a report lacks, in one text. */
final class Gaps {

  private static final int LIMIT = 4096;

  private Gaps() {}

  /** Each source with its reason, and the number of those that the text had no room for. */
  static String text(List<Gap> gaps) {
    StringJoiner text = new StringJoiner(", ");
    int named = 0;
    for (Gap gap : gaps) {
      String one = gap.source() + ": " + gap.reason().label();
      if (text.length() + one.length() > LIMIT) {
        break;
      }
      text.add(one);
      named++;
    }
    return named == gaps.size()
        ? text.toString()
        : text.add(gaps.size() - named + " more").toString();
  }
}
