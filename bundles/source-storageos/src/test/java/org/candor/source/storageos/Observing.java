package org.candor.source.storageos;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.api.fact.Value;
import org.candor.api.source.HealthSource;
import org.candor.api.source.SourceException;

/** Asks sources, and writes down what they should say. */
final class Observing {

  private Observing() {}

  static List<Fact> observe(HealthSource source) throws Exception {
    return source.observe(soon()).facts();
  }

  static SourceException failure(HealthSource source) {
    return failure(source, soon());
  }

  static SourceException failure(HealthSource source, Deadline deadline) {
    return catchThrowableOfType(SourceException.class, () -> source.observe(deadline));
  }

  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
  }

  static Fact count(String name, long count) {
    return new Fact(name, "", new Value.Count(count));
  }

  static Fact text(String name, String text) {
    return new Fact(name, "", new Value.Text(text));
  }
}
