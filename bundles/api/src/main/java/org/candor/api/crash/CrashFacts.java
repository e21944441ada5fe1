package org.candor.api.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<String, String> types = new HashMap<>();
    Map<String, String> messages = new HashMap<>();
    Map<String, Parts> stacks = new HashMap<>();
    for (Fact fact : report.facts()) {
      switch (fact.name()) {
        case FactNames.CRASH_EXCEPTION_TYPE ->
            text(fact).ifPresent(type -> types.putIfAbsent(fact.subject(), type));
        case FactNames.CRASH_EXCEPTION_MESSAGE ->
            text(fact).ifPresent(message -> messages.putIfAbsent(fact.subject(), message));
        case FactNames.CRASH_FRAME_CLASS,
            FactNames.CRASH_FRAME_METHOD,
            FactNames.CRASH_FRAME_FILE,
            FactNames.CRASH_FRAME_LINE ->
            stacks.computeIfAbsent(fact.subject(), subject -> new Parts()).add(fact);
        default -> {
          // Not of an exception.
        }
      }
    }
    List<Failure> failures = new ArrayList<>();
    for (String place = "0"; types.containsKey(place); place = Integer.toString(failures.size())) {
      failures.add(
          new Failure(
              types.get(place), messages.getOrDefault(place, ""), frames(stacks, place + ".")));
    }
    return failures;
  }

  private static List<Frame> frames(Map<String, Parts> stacks, String prefix) {
    List<Frame> frames = new ArrayList<>();
    for (Parts parts = stacks.get(prefix + 0);
        parts != null && parts.nameACall();
        parts = stacks.get(prefix + frames.size())) {
      frames.add(parts.frame());
    }
    return frames;
  }

  /** What facts say about one frame; of two alike the first counts. */
  private static final class Parts {

    private Optional<String> type = Optional.empty();
    private Optional<String> method = Optional.empty();
    private Optional<String> file = Optional.empty();
    private Optional<Integer> line = Optional.empty();

    void add(Fact fact) {
      switch (fact.name()) {
        case FactNames.CRASH_FRAME_CLASS -> type = type.or(() -> text(fact));
        case FactNames.CRASH_FRAME_METHOD -> method = method.or(() -> text(fact));
        case FactNames.CRASH_FRAME_FILE -> file = file.or(() -> text(fact));
        default -> line = line.or(() -> number(fact));
      }
    }

    boolean nameACall() {
      return type.isPresent() || method.isPresent();
    }

    Frame frame() {
      return new Frame(type.orElse(""), method.orElse(""), file.orElse(""), line);
    }
  }

  private static Optional<String> text(Fact fact) {
    return fact.value() instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
  }

  private static Optional<Integer> number(Fact fact) {
    return fact.value() instanceof Value.Count count
        ? Optional.of((int) count.count())
        : Optional.empty();
  }

  private static void text(List<Fact> facts, String name, String subject, String text) {
    facts.add(new Fact(name, subject, new Value.Text(text)));
  }

  private static void count(List<Fact> facts, String name, String subject, long count) {
    facts.add(new Fact(name, subject, new Value.Count(count)));
  }
}
