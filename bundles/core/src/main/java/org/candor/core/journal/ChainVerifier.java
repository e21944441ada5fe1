package org.candor.core.journal;

import java.util.Optional;
import org.candor.control.Journal.Head;

/**
 * Tamper detection: verifies a hash chain from what it begins after to its head and names the first
 * entry that does not fit. Where an entry does not name the digest of the one before it, one of the
 * two was changed: the second when what follows does not name its digest either, else the first.
 */
final class ChainVerifier {

  private record Step(String name, String digest) {}

  private Optional<String> broken = Optional.empty();
  private Optional<Step> doubted = Optional.empty();
  private Step last;
  private long expected;

  /**
   * @param gone what the chain begins after
   */
  ChainVerifier(Head gone) {
    this.last = new Step("#" + gone.number(), gone.digest());
    this.expected = gone.number() + 1;
  }

  /**
   * The next entry.
   *
   * @param payloadFits whether its payload has its digest, or is gone
   */
  void step(long number, byte[] line, boolean payloadFits) {
    Optional<ChainLink> link = LineCodec.decode(line);
    String name = link.map(found -> found.entry().id()).orElse("#" + number);
    String previous = link.map(ChainLink::previous).orElse("");
    decide(previous);
    if (broken.isPresent()) {
      return;
    }
    if (number != expected) {
      broken = Optional.of("#" + expected);
    } else if (link.filter(found -> found.number() == number).isEmpty() || !payloadFits) {
      broken = Optional.of(name);
    } else if (!previous.equals(last.digest)) {
      doubted = Optional.of(last);
    }
    last = new Step(name, Entries.digest(line));
    expected++;
  }

  private void decide(String previous) {
    if (broken.isEmpty() && doubted.isPresent()) {
      boolean vouched = previous.equals(last.digest) && !doubted.get().name.startsWith("#");
      broken = Optional.of((vouched ? doubted.get() : last).name);
    }
  }

  /**
   * The first that does not fit; empty when all do.
   *
   * @param head what the chain should end with
   */
  Optional<String> end(Head head) {
    decide(head.digest());
    if (broken.isEmpty() && head.number() != expected - 1) {
      broken = Optional.of("#" + Math.min(expected, head.number() + 1));
    } else if (broken.isEmpty() && !head.digest().equals(last.digest)) {
      broken = Optional.of(last.name);
    }
    return broken;
  }
}
