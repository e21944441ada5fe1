package org.candor.source.crash.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;

/**
 * Finds the last stack trace in a program's output, in the form that {@link
 * Throwable#printStackTrace()} and {@link StackTraceElement#toString()} describe.
 */
public final class JavaTrace {

  private static final Pattern HEAD =
      Pattern.compile(
          "(?:Exception in thread \".*\" |Caused by: )?((?:[\\w$]+\\.)+[\\w$]+)(?:: (.*))?");
  // Loader, module and version come before a slash: app//p.C.m(F.java:1), java.base@17/p.C.m(…).
  private static final Pattern FRAME =
      Pattern.compile(
          "\\s+at (?:.*/)?([\\w$.<>-]+)\\.([\\w$<>-]+)\\(([^():]*)(?::(\\d{1,9}))?\\).*");
  private static final Pattern OMITTED =
      Pattern.compile("\\s+\\.\\.\\. \\d+ (?:more|common frames omitted)");
  private static final String CAUSE = "Caused by: ";
  private static final Pattern SUPPRESSED =
      Pattern.compile("\\s+(?:Suppressed: |Caused by: |at |\\.\\.\\. ).*");

  /** A message may have several lines; one that has more is cut to its first. */
  private static final int MESSAGE_LINES = 10;

  private JavaTrace() {}

  /** The last trace, the outermost exception first; empty when there is none. */
  public static List<Failure> lastIn(List<String> lines) {
    List<Failure> last = List.of();
    int i = 0;
    while (i < lines.size()) {
      if (frame(lines.get(i)).isPresent()) {
        Optional<Head> head = headAbove(lines, i);
        if (head.isPresent()) {
          Block block = new Block(lines, i);
          List<Failure> all = new ArrayList<>();
          all.add(new Failure(head.get().type(), head.get().message(), block.frames()));
          block.causes(all);
          last = all;
          i = block.end();
          continue;
        }
      }
      i++;
    }
    return last;
  }

  private record Head(String type, String message) {}

  private static Optional<Head> headAbove(List<String> lines, int firstFrame) {
    for (int i = firstFrame - 1; i >= 0 && i >= firstFrame - MESSAGE_LINES; i--) {
      Optional<Head> head = head(lines, i, firstFrame);
      if (head.isPresent()) {
        return head;
      }
      if (frame(lines.get(i)).isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Head> head(List<String> lines, int at, int firstFrame) {
    Matcher head = HEAD.matcher(lines.get(at));
    if (!head.matches()) {
      return Optional.empty();
    }
    StringBuilder message = new StringBuilder(Optional.ofNullable(head.group(2)).orElse(""));
    lines.subList(at + 1, firstFrame).forEach(line -> message.append('\n').append(line));
    return Optional.of(new Head(head.group(1), message.toString()));
  }

  private static Optional<Frame> frame(String line) {
    Matcher frame = FRAME.matcher(line);
    if (!frame.matches()) {
      return Optional.empty();
    }
    String file = frame.group(3);
    return Optional.of(
        new Frame(
            frame.group(1),
            frame.group(2),
            file.equals("Native Method") || file.equals("Unknown Source") ? "" : file,
            Optional.ofNullable(frame.group(4)).map(Integer::valueOf).filter(n -> n > 0)));
  }

  /** The frames from a line on, and what follows them. */
  private static final class Block {

    private final List<String> lines;
    private int at;

    Block(List<String> lines, int at) {
      this.lines = lines;
      this.at = at;
    }

    int end() {
      return at;
    }

    List<Frame> frames() {
      List<Frame> frames = new ArrayList<>();
      boolean suppressed = false;
      while (at < lines.size()) {
        String line = lines.get(at);
        Optional<Frame> frame = frame(line);
        if (frame.isPresent()) {
          // What was suppressed stands deeper, and is another exception's stack.
          if (!suppressed) {
            frames.add(frame.get());
          }
        } else if (SUPPRESSED.matcher(line).matches() && !OMITTED.matcher(line).matches()) {
          suppressed = true;
        } else if (!OMITTED.matcher(line).matches()) {
          break;
        }
        at++;
      }
      return frames;
    }

    void causes(List<Failure> into) {
      while (at < lines.size() && lines.get(at).startsWith(CAUSE)) {
        int first = at + 1;
        while (first < lines.size()
            && first < at + MESSAGE_LINES
            && frame(lines.get(first)).isEmpty()
            && !OMITTED.matcher(lines.get(first)).matches()) {
          first++;
        }
        Optional<Head> head = head(lines, at, Math.min(first, lines.size()));
        if (head.isEmpty()) {
          return;
        }
        at = first;
        into.add(new Failure(head.get().type(), head.get().message(), frames()));
      }
    }
  }
}
