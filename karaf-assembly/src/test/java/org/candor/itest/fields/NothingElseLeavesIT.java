package org.candor.itest.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.candor.api.crash.Crash;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Payload;
import org.candor.api.sink.TransportSink;
import org.candor.core.collect.Snapshot;
import org.candor.core.crash.WayIn;
import org.candor.core.reporting.WayOut;
import org.junit.jupiter.api.Test;

/**
 * Whatever sources see and processes die of: what leaves is in the catalogues, and no secret is in
 * it. A failure prints the seed; {@code -Dcandor.seed=…} repeats it.
 */
class NothingElseLeavesIT {

  private static final int ROUNDS = 10_000;

  /** Core keeps ten exceptions of a crash, and there is room for more. */
  private static final Set<String> NEVER_NEEDED =
      Set.of("sentry contexts.candor.exceptions_omitted");

  private final long seed = Long.getLong("candor.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final Secrets secrets = new Secrets(random);
  private final Inventions inventions = new Inventions(random, secrets);
  private final WayIn wayIn = new WayIn(List.of(secrets.host(), secrets.account()));

  /** A shipped channel with its formatter and its sink. */
  private record Line(
      ShippedChannel channel,
      ReportFormatter formatter,
      TransportSink sink,
      FieldCatalogue ofFormatter,
      FieldCatalogue ofSink,
      Set<String> emitted) {

    static Line of(ShippedChannel channel, Map<String, String> settings) {
      try {
        ReportFormatter formatter = Plugin.of("formatter", channel.formatter()).formatter(settings);
        TransportSink sink = Plugin.of("sink", channel.sink()).sink(settings);
        return new Line(
            channel, formatter, sink, formatter.fields(), sink.fields(), new HashSet<>());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void ofTenThousandReportsAndCrashesOnEveryChannel() throws IOException {
    List<Line> lines = lines();
    long payloads = 0;
    for (int round = 0; round < ROUNDS; round++) {
      boolean huge = round % 1000 == 0;
      Snapshot snapshot = huge ? inventions.hugeSnapshot() : inventions.snapshot();
      Crash crash = huge ? inventions.hugeCrash() : inventions.crash();
      // What is known of a crash must not leave with any other report, scrubbed or not.
      Snapshot raw = snapshot.with(inventions.facts(crash)).with(inventions.uiFacts());
      Snapshot scrubbed = snapshot.with(inventions.facts(wayIn.taken(crash)));
      for (Line line : lines) {
        boolean ofCrashes = line.channel().report() == ReportKind.CRASH;
        payloads += leaves(line, ofCrashes ? scrubbed : raw, round);
      }
    }
    assertThat(payloads).isGreaterThan(ROUNDS * lines.size() / 2);
    for (Line line : lines) {
      assertThat(line.emitted()).as("of " + line.channel().name() + "; seed " + seed).isNotEmpty();
    }
    assertThat(neverSeen(lines))
        .as("what no random report had; seed " + seed)
        .isSubsetOf(NEVER_NEEDED);
  }

  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (ShippedChannel channel : ShippedChannel.all()) {
      lines.add(Line.of(channel, Map.of("zone", "zone.example")));
      if (channel.formatter().equals("dns")) {
        lines.add(Line.of(channel, Map.of("zone", "zone.example", "identity", "none")));
      }
    }
    return lines;
  }

  private int leaves(Line line, Snapshot snapshot, int round) {
    List<Payload> payloads =
        WayOut.payloads(
            line.channel().report(),
            line.formatter(),
            line.sink(),
            line.ofFormatter().facts(),
            snapshot);
    for (Payload payload : payloads) {
      Emitted emitted = Emitted.by(line.channel().sink(), payload);
      Set<String> names = new HashSet<>(emitted.byFormatter());
      names.addAll(emitted.bySink());
      if (!line.emitted().containsAll(names)) {
        List<String> unlisted = emitted.unlisted(line.ofFormatter(), line.ofSink());
        if (!unlisted.isEmpty()) {
          fail(
              "%s: it sends %s, which is in no catalogue; %s",
              line.channel().name(), unlisted, at(round));
        }
        line.emitted().addAll(names);
      }
      Optional<String> found = secrets.foundIn(String.join("\n", emitted.texts()));
      if (found.isPresent()) {
        fail("%s: it sends a secret: %s; %s", line.channel().name(), found.get(), at(round));
      }
    }
    return payloads.size();
  }

  private String at(int round) {
    return "seed " + seed + ", round " + round;
  }

  /** Fields that the test never saw, of which it therefore proves nothing. */
  private static Set<String> neverSeen(List<Line> lines) {
    Set<String> unseen = new TreeSet<>();
    for (Line line : lines) {
      line.ofFormatter()
          .fields()
          .forEach(f -> unseen.add(line.channel().formatter() + " " + f.name()));
    }
    for (Line line : lines) {
      line.ofFormatter().fields().stream()
          .filter(field -> line.emitted().stream().anyMatch(field::covers))
          .forEach(field -> unseen.remove(line.channel().formatter() + " " + field.name()));
    }
    return unseen;
  }
}
