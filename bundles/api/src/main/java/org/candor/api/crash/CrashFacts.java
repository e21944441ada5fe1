package org.candor.api.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;

/** A crash as facts, of which a formatter gets those that its catalogue names. */
public final class CrashFacts {

  private CrashFacts() {}

  /**
   * The facts of a crash.
   *
   * @param count how many crashes alike it stands for
   */
  public static List<Fact> of(Crash crash, long count) {
    List<Fact> facts = new ArrayList<>();
    text(facts, FactNames.CRASH_ID, "", crash.id());
    text(facts, FactNames.CRASH_COMPONENT, "", crash.component());
    text(facts, FactNames.CRASH_AT, "", crash.at().toString());
    text(facts, FactNames.CRASH_LEVEL, "", crash.level().label());
    text(facts, FactNames.CRASH_MESSAGE, "", crash.message());
    crash
        .signal()
        .ifPresent(
            signal -> {
              count(facts, FactNames.CRASH_SIGNAL_NUMBER, "", signal.number());
              text(facts, FactNames.CRASH_SIGNAL_NAME, "", signal.name());
            });
    crash.exitCode().ifPresent(code -> count(facts, FactNames.CRASH_EXIT_CODE, "", code));
    crash
        .coreDumped()
        .ifPresent(
            dumped -> facts.add(new Fact(FactNames.CRASH_CORE_DUMPED, "", new Value.Flag(dumped))));
    if (count > 1) {
      count(facts, FactNames.CRASH_COUNT, "", count);
    }
    for (int i = 0; i < crash.failures().size(); i++) {
      failure(facts, Integer.toString(i), crash.failures().get(i));
    }
    return facts;
  }

  private static void failure(List<Fact> facts, String place, Failure failure) {
    text(facts, FactNames.CRASH_EXCEPTION_TYPE, place, failure.type());
    text(facts, FactNames.CRASH_EXCEPTION_MESSAGE, place, failure.message());
    for (int i = 0; i < failure.frames().size(); i++) {
      Frame frame = failure.frames().get(i);
      String subject = place + "." + i;
      text(facts, FactNames.CRASH_FRAME_CLASS, subject, frame.type());
      text(facts, FactNames.CRASH_FRAME_METHOD, subject, frame.method());
      text(facts, FactNames.CRASH_FRAME_FILE, subject, frame.file());
      frame.line().ifPresent(line -> count(facts, FactNames.CRASH_FRAME_LINE, subject, line));
    }
  }

  /** The exceptions that a report's facts tell of, as {@link #of} took them apart. */
  public static List<Failure> failures(Report report) {
    Map<String, String> types = texts(report, FactNames.CRASH_EXCEPTION_TYPE);
    Map<String, String> messages = texts(report, FactNames.CRASH_EXCEPTION_MESSAGE);
    Stack stack =
        new Stack(
            texts(report, FactNames.CRASH_FRAME_CLASS),
            texts(report, FactNames.CRASH_FRAME_METHOD),
            texts(report, FactNames.CRASH_FRAME_FILE),
            bySubject(report, FactNames.CRASH_FRAME_LINE, CrashFacts::number));
    List<Failure> failures = new ArrayList<>();
    for (String place = "0"; types.containsKey(place); place = Integer.toString(failures.size())) {
      failures.add(
          new Failure(
              types.get(place), messages.getOrDefault(place, ""), stack.frames(place + ".")));
    }
    return failures;
  }

  private record Stack(
      Map<String, String> types,
      Map<String, String> methods,
      Map<String, String> files,
      Map<String, Integer> lines) {

    List<Frame> frames(String prefix) {
      List<Frame> frames = new ArrayList<>();
      for (String subject = prefix + 0;
          types.containsKey(subject) || methods.containsKey(subject);
          subject = prefix + frames.size()) {
        frames.add(
            new Frame(
                types.getOrDefault(subject, ""),
                methods.getOrDefault(subject, ""),
                files.getOrDefault(subject, ""),
                Optional.ofNullable(lines.get(subject))));
      }
      return frames;
    }
  }

  private static Map<String, String> texts(Report report, String name) {
    return bySubject(report, name, CrashFacts::text);
  }

  private static <T> Map<String, T> bySubject(
      Report report, String name, Function<Value, Optional<T>> as) {
    return report.facts().stream()
        .filter(fact -> fact.name().equals(name) && as.apply(fact.value()).isPresent())
        .collect(
            Collectors.toMap(
                Fact::subject, fact -> as.apply(fact.value()).orElseThrow(), (one, other) -> one));
  }

  private static Optional<String> text(Value value) {
    return value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
  }

  private static Optional<Integer> number(Value value) {
    return value instanceof Value.Count count ? Optional.of((int) count.count()) : Optional.empty();
  }

  private static void text(List<Fact> facts, String name, String subject, String text) {
    facts.add(new Fact(name, subject, new Value.Text(text)));
  }

  private static void count(List<Fact> facts, String name, String subject, long count) {
    facts.add(new Fact(name, subject, new Value.Count(count)));
  }
}
