package org.candor.source.kubernetes;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.source.FailureReason;
import org.candor.source.kubernetes.spec.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the cluster specification's word from memory, and logs what changes. */
final class SpecLayer implements ConsentLayer {

  private static final Logger LOG = LoggerFactory.getLogger(SpecLayer.class);

  private volatile Reading reading;

  SpecLayer(Reading first) {
    this.reading = first;
  }

  @Override
  public Verdict verdict(Purpose purpose) {
    return reading.verdict(purpose);
  }

  /** The distribution of Kubernetes that the specification names; empty when it names none. */
  String distribution() {
    return reading.distribution();
  }

  /**
   * Takes what is known now.
   *
   * @return whether the answer is another than before
   */
  synchronized boolean update(Reading now) {
    Reading before = reading;
    reading = now;
    now.complaints().stream()
        .filter(line -> !before.complaints().contains(line))
        .forEach(LOG::error);
    boolean changed = !before.words().equals(now.words());
    boolean troubled = !reason(before).equals(reason(now));
    if (troubled && now.trouble().isPresent()) {
      LOG.warn(
          "The cluster specification cannot be followed {}. Until it can be, what it said last"
              + " counts, and a no if it never said anything.",
          now.trouble().get());
    } else if (changed || troubled) {
      LOG.info("The cluster specification: {}", summary(now));
    }
    return changed || troubled;
  }

  private static List<FailureReason> reason(Reading reading) {
    return reading.trouble().map(trouble -> List.of(trouble.reason())).orElse(List.of());
  }

  private static String summary(Reading reading) {
    return Stream.of(Purpose.values())
        .map(
            purpose -> {
              Verdict verdict = reading.verdict(purpose);
              return purpose.label() + " " + verdict.word().label() + " (" + verdict.why() + ")";
            })
        .collect(Collectors.joining(", "));
  }
}
