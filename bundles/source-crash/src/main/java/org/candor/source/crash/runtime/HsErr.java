package org.candor.source.crash.runtime;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.source.crash.record.Signals;

/**
 * What HotSpot leaves when it crashes, in the form of JDK 17's {@code vmError.cpp}. Of all that
 * such a file holds (command line, environment, memory) only the signal and the crashing thread's
 * frames are used.
 */
final class HsErr {

  private static final Pattern REASON =
      Pattern.compile("#\\s+(\\S[^(,]*?)(?: \\(.*)?, pid=(\\d{1,18}), tid=\\S+");
  private static final Pattern NATIVE =
      Pattern.compile("[CVA]\\s+\\[([^+\\]]+)(?:\\+0x\\p{XDigit}+)?\\]\\s*(.*)");
  private static final Pattern JAVA =
      Pattern.compile("[jJA]\\s+(?:\\d+%?!? .*? )??((?:[\\w$/]+\\.)+)([\\w$<>]+)\\(.*");
  private static final Pattern STUB = Pattern.compile("v\\s+~(.*)");
  private static final Pattern CORE =
      Pattern.compile("# Core dump will be written\\. Default location: (\\S+?)(?: \\(.*)?");
  private static final String NO_CORE = "# No core dump will be written.";
  private static final String LAST_LINE = "END.";
  private static final int FRAMES = 500;

  private final List<String> lines;

  private HsErr(List<String> lines) {
    this.lines = lines;
  }

  /** The file's content; empty when it is none of HotSpot's. */
  static Optional<HsErr> of(String text) {
    List<String> lines = text.lines().toList();
    boolean known =
        lines.stream()
            .limit(4)
            .anyMatch(
                line ->
                    line.startsWith("# A fatal error has been detected by the Java")
                        || line.startsWith("# There is insufficient memory for the Java"));
    return known ? Optional.of(new HsErr(lines)) : Optional.empty();
  }

  /** Whether its writer got to the end. */
  boolean isComplete() {
    return lines.contains(LAST_LINE);
  }

  OptionalLong pid() {
    return reason()
        .map(found -> OptionalLong.of(Long.parseLong(found.group(2))))
        .orElse(OptionalLong.empty());
  }

  private Optional<Matcher> reason() {
    return header().map(REASON::matcher).filter(Matcher::matches).findFirst();
  }

  private java.util.stream.Stream<String> header() {
    return lines.stream().limit(40).takeWhile(line -> !line.startsWith("-----"));
  }

  Crash crash(String id, String component, Instant at) {
    String reason = reason().map(found -> found.group(1)).orElse("fatal error");
    Optional<KernelSignal> signal = Signals.named(reason);
    String where = problematicFrame().map(frame -> " in " + frame).orElse("");
    return new Crash(
        id,
        component,
        at,
        CrashLevel.FATAL,
        "The Java VM crashed: " + reason + where,
        signal,
        Optional.empty(),
        coreDumped(at),
        List.of(new Failure(reason, problematicFrame().orElse(""), frames())));
  }

  private Optional<String> problematicFrame() {
    int at = lines.indexOf("# Problematic frame:");
    return at >= 0 && at + 1 < lines.size()
        ? Optional.of(lines.get(at + 1).replaceFirst("^#\\s*", "").replaceAll("\\s+", " "))
            .filter(frame -> !frame.isEmpty())
        : Optional.empty();
  }

  // The VM only says what it hopes for: whether the kernel did it shows in the file.
  private Optional<Boolean> coreDumped(Instant at) {
    for (String line : header().toList()) {
      if (line.startsWith(NO_CORE)) {
        return Optional.of(false);
      }
      Matcher core = CORE.matcher(line);
      if (core.matches()) {
        return written(core.group(1), at)
                || pid().isPresent() && written(core.group(1) + "." + pid().getAsLong(), at)
            ? Optional.of(true)
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean written(String place, Instant at) {
    try {
      Path core = Path.of(place);
      return Files.isRegularFile(core)
          && Files.getLastModifiedTime(core).toInstant().isAfter(at.minusSeconds(5));
    } catch (InvalidPathException | java.io.IOException e) {
      return false;
    }
  }

  private List<Frame> frames() {
    List<Frame> all = block("Native frames:");
    return all.isEmpty() ? block("Java frames:") : all;
  }

  private List<Frame> block(String title) {
    List<Frame> frames = new ArrayList<>();
    boolean in = false;
    for (String line : lines) {
      if (in && (line.isBlank() || frames.size() == FRAMES)) {
        break;
      }
      if (in) {
        frame(line).ifPresent(frames::add);
      }
      in |= line.startsWith(title);
    }
    return frames;
  }

  private static Optional<Frame> frame(String line) {
    Matcher library = NATIVE.matcher(line);
    if (library.matches()) {
      return Optional.of(frame(library.group(1), symbol(library.group(2))));
    }
    Matcher java = JAVA.matcher(line);
    if (java.matches()) {
      String type = java.group(1).replace('/', '.');
      return Optional.of(frame(type.substring(0, type.length() - 1), java.group(2)));
    }
    Matcher stub = STUB.matcher(line);
    return stub.matches() ? Optional.of(frame("", stub.group(1).strip())) : Optional.empty();
  }

  private static String symbol(String text) {
    return text.replaceFirst("\\+0x\\p{XDigit}+.*$", "").strip();
  }

  private static Frame frame(String type, String method) {
    return new Frame(type, method, "", Optional.empty());
  }
}
