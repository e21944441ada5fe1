package org.candor.core.crash;

import java.util.ArrayList;
import java.util.List;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;

/**
 * Stack trace rendering within a size budget: puts the stacks of scrubbed crashes into lines for
 * people, as long as they fit into a list of crashes. Of a long stack the middle is left out, which
 * says least. For one list.
 */
final class StackLines {

  private static final int MOST_CALLS = 64;
  private static final int LONGEST_LINE = 300;

  private int budget;

  /**
   * @param budget characters of all stacks in the list; the first ones have it
   */
  StackLines(int budget) {
    this.budget = budget;
  }

  /** The lines of a crash's stack; none when no call is known. */
  List<String> of(List<Failure> failures) {
    if (failures.stream().allMatch(failure -> failure.frames().isEmpty())) {
      return List.of();
    }
    List<String> lines = lines(failures);
    int length = lines.stream().mapToInt(String::length).sum();
    if (length > budget) {
      budget = 0;
      return List.of("\u2026 " + lines.size() + " lines, for which this list has no room");
    }
    budget -= length;
    return lines;
  }

  private static List<String> lines(List<Failure> failures) {
    List<String> lines = new ArrayList<>();
    int most = Math.max(2, MOST_CALLS / failures.size());
    String before = "";
    for (Failure failure : failures) {
      lines.add(shorten(before + failure.type()));
      add(lines, failure.frames(), most);
      before = "Caused by: ";
    }
    return lines;
  }

  private static void add(List<String> lines, List<Frame> frames, int most) {
    int omitted = Math.max(0, frames.size() - most);
    int top = omitted == 0 ? frames.size() : most - most / 2;
    frames.subList(0, top).forEach(frame -> lines.add(line(frame)));
    if (omitted > 0) {
      lines.add("\u2026 " + omitted + " more");
    }
    frames.subList(top + omitted, frames.size()).forEach(frame -> lines.add(line(frame)));
  }

  private static String line(Frame frame) {
    String dot = frame.type().isEmpty() || frame.method().isEmpty() ? "" : ".";
    String line = frame.line().map(number -> ":" + number).orElse("");
    String place = frame.file().isEmpty() ? "" : "(" + frame.file() + line + ")";
    return shorten("at " + frame.type() + dot + frame.method() + place);
  }

  private static String shorten(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 1) + "\u2026";
  }
}
