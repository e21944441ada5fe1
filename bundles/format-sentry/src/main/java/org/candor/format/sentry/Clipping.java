package org.candor.format.sentry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps texts and lists within their limits, and notes what that took away. For one event.
 *
 * <p>The limits are those of Sentry's Relay, which cuts what is longer (relay-event-schema, the
 * attribute {@code max_chars}).
 */
final class Clipping {

  static final int TAG = 200;
  static final int RELEASE = 200;
  static final int DIST = 64;
  static final int LOGGER = 64;
  static final int USER = 128;
  static final int NAME = 256;

  private static final String MARK = "…";

  private final Set<String> shortened = new LinkedHashSet<>();
  private int framesOmitted;
  private int failuresOmitted;

  /**
   * The text in one line, since Sentry drops names and tags that have several; empty when nothing
   * can be seen of it.
   */
  Optional<String> line(String field, String text, int limit) {
    return text(field, text.strip(), limit).map(Clipping::oneLine).filter(line -> !line.isEmpty());
  }

  /** The text, cut between two characters where it is too long; empty when it is blank. */
  Optional<String> text(String field, String text, int limit) {
    return text.isBlank() ? Optional.empty() : Optional.of(cut(field, text, limit));
  }

  private String cut(String field, String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    shortened.add(field);
    int end = Math.max(0, limit - MARK.length());
    boolean split =
        end > 0
            && Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return text.substring(0, split ? end - 1 : end) + MARK;
  }

  /** The frames without those in the middle that are too many. */
  <T> List<T> frames(List<T> frames, int limit) {
    framesOmitted += Math.max(0, frames.size() - limit);
    return ends(frames, limit);
  }

  /** The exceptions without those in the middle that are too many. */
  <T> List<T> failures(List<T> failures, int limit) {
    failuresOmitted += Math.max(0, failures.size() - limit);
    return ends(failures, limit);
  }

  /** Names of the fields whose text was cut. */
  List<String> shortened() {
    return List.copyOf(shortened);
  }

  int framesOmitted() {
    return framesOmitted;
  }

  int failuresOmitted() {
    return failuresOmitted;
  }

  private static String oneLine(String text) {
    return text.chars().anyMatch(Character::isISOControl)
        ? text.replaceAll("[\\p{Cntrl}\\x80-\\x9f]", " ").strip()
        : text;
  }

  private static <T> List<T> ends(List<T> all, int limit) {
    if (all.size() <= limit) {
      return all;
    }
    List<T> ends = new ArrayList<>(all.subList(0, limit - limit / 2));
    ends.addAll(all.subList(all.size() - limit / 2, all.size()));
    return ends;
  }
}
