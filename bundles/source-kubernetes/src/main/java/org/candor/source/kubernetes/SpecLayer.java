package org.candor.source.kubernetes;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.source.FailureReason;
import org.candor.api.text.PlainText;
import org.candor.source.kubernetes.spec.SpecState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the cluster specification's word from memory, and logs what changes. */
final class SpecLayer implements ConsentLayer {

  private static final Logger LOG = LoggerFactory.getLogger(SpecLayer.class);

  private static final int LINES_A_MINUTE = 20;

  private final LogLimit lines;
  private volatile Known known;

  SpecLayer(String target, SpecState first) {
    this(target, first, System::nanoTime);
  }

  SpecLayer(String target, SpecState first, LongSupplier nanoTime) {
    this.known = new Known(target, first);
    this.lines = new LogLimit(LINES_A_MINUTE, SpecLayer::logFull, nanoTime);
  }

  private static void logFull() {
    LOG.warn(
        "The cluster specification changes again and again; what else changes in this minute is not"
            + " logged. telemetry:explain shows what counts.");
  }

  /** What is known of a target; both change together. */
  private record Known(String target, SpecState reading) {}

  @Override
  public Verdict verdict(Purpose purpose) {
    Known now = known;
    Verdict verdict = now.reading.verdict(purpose);
    return new Verdict(verdict.answer(), verdict.why(), now.target);
  }

  /** The distribution of Kubernetes that the specification names; empty when it names none. */
  String distribution() {
    return known.reading.distribution();
  }

  /** Points to another target, of which nothing is known but this. */
  synchronized void turnTo(String target, SpecState first) {
    SpecState before = known.reading;
    known = new Known(target, first);
    log(before, first);
  }

  /**
   * Takes what is known now of a target; of one that is not meant any more, nothing.
   *
   * @return whether the answer is another than before
   */
  synchronized boolean update(String target, SpecState now) {
    if (!target.equals(known.target)) {
      return false;
    }
    SpecState before = known.reading;
    known = new Known(target, now);
    return log(before, now);
  }

  private boolean log(SpecState before, SpecState now) {
    Set<String> known = new HashSet<>(before.complaints());
    now.complaints().stream()
        .filter(line -> !known.contains(line))
        .forEach(line -> lines.write(() -> LOG.error(line)));
    boolean changed = !before.words().equals(now.words());
    boolean troubled = !reason(before).equals(reason(now));
    if (troubled && now.trouble().isPresent()) {
      String trouble = PlainText.line(now.trouble().get().toString());
      lines.write(
          () ->
              LOG.warn(
                  "The cluster specification cannot be read {}. Until it can be, its last known"
                      + " setting counts, or a denial if there is none.",
                  trouble));
    } else if (changed || troubled) {
      lines.write(() -> LOG.info("The cluster specification: {}", summary(now)));
    }
    return changed || troubled;
  }

  private static List<FailureReason> reason(SpecState reading) {
    return reading.trouble().map(trouble -> List.of(trouble.reason())).orElse(List.of());
  }

  private static String summary(SpecState reading) {
    return Stream.of(Purpose.values())
        .map(
            purpose -> {
              Verdict verdict = reading.verdict(purpose);
              return purpose.label() + " " + verdict.answer().label() + " (" + verdict.why() + ")";
            })
        .collect(Collectors.joining(", "));
  }
}
