package org.candor.format.segment;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.candor.api.Bytes;

/**
 * Tells the administrator each thing once. Remembers digests only, and only so many; then it says
 * that it will say no more. Safe for several threads.
 */
final class Notices {

  static final int MOST = 1000;

  private static final int LONGEST_NAME = 80;

  private final Set<String> said = new HashSet<>();
  private final Consumer<String> warn;
  private final Consumer<String> info;

  Notices(Consumer<String> warn, Consumer<String> info) {
    this.warn = warn;
    this.info = info;
  }

  void sharedKey(String first, String other) {
    once(
        warn,
        "pair " + first.length() + " " + first + other,
        "Segment has one key for the units %s and %s; their counts are added up."
            .formatted(quoted(first), quoted(other)));
  }

  void unusable(String fact) {
    once(
        warn,
        "unusable " + fact,
        "A source gives %s a value of the wrong type; it is left out of Segment's messages."
            .formatted(fact));
  }

  void tooLarge(String what, String name) {
    once(
        warn,
        "large " + what + " " + name,
        "Segment takes 32 KB a message: %s, %s, is too large and left out; the message's key omitted counts it."
            .formatted(what, quoted(name)));
  }

  void split(String event, int parts) {
    once(
        info,
        "split",
        "Segment takes 32 KB a message: %s goes in %d parts, told apart by the key part. This is not logged again."
            .formatted(event, parts));
  }

  private void once(Consumer<String> log, String key, String line) {
    if (isNew(key)) {
      log.accept(line);
    }
  }

  private synchronized boolean isNew(String key) {
    if (said.size() > MOST || !said.add(Bytes.utf8(key).sha256())) {
      return false;
    }
    if (said.size() > MOST) {
      warn.accept("More about Segment's messages is not logged until this bundle starts again.");
      return false;
    }
    return true;
  }

  private static String quoted(String name) {
    String start = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    return "\"" + start.replaceAll("\\p{Cc}", "?") + "\"";
  }
}
