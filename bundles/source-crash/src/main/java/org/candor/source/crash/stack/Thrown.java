package org.candor.source.crash.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;

/** An exception and its causes, taken apart. Their code may do anything; it is not trusted. */
public final class Thrown {

  private static final int CAUSES = 20;
  private static final int FRAMES = 1_000;

  private Thrown() {}

  /** The exception first, then its causes. */
  public static List<Failure> failures(Throwable thrown) {
    List<Failure> all = new ArrayList<>();
    List<Throwable> seen = new ArrayList<>();
    Optional<Throwable> next = Optional.of(thrown);
    while (next.isPresent() && all.size() < CAUSES) {
      Throwable one = next.get();
      if (seen.stream().anyMatch(earlier -> earlier == one)) {
        break;
      }
      seen.add(one);
      all.add(new Failure(one.getClass().getName(), message(one), frames(one)));
      next = cause(one);
    }
    return all;
  }

  private static String message(Throwable thrown) {
    try {
      return Optional.ofNullable(thrown.getMessage()).orElse("");
    } catch (RuntimeException | StackOverflowError e) {
      return "";
    }
  }

  private static Optional<Throwable> cause(Throwable thrown) {
    try {
      return Optional.ofNullable(thrown.getCause());
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  private static List<Frame> frames(Throwable thrown) {
    try {
      return Arrays.stream(thrown.getStackTrace()).limit(FRAMES).map(Thrown::frame).toList();
    } catch (RuntimeException | StackOverflowError e) {
      return List.of();
    }
  }

  private static Frame frame(StackTraceElement element) {
    return new Frame(
        element.getClassName(),
        element.getMethodName(),
        Optional.ofNullable(element.getFileName()).orElse(""),
        Optional.of(element.getLineNumber()).filter(line -> line > 0));
  }
}
