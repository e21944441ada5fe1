package org.candor.control;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tree head that somebody noted: what the journal is checked against later.
 *
 * @param size how many entries there were; 0 when that is not known
 * @param digest root of their tree, or of the newest entry's line where earlier versions printed it
 * @param isOfTheChain whether it is such an entry's
 */
public record NotedHead(long size, String digest, boolean isOfTheChain) {

  /** How it is written. */
  public static final String FORM = "SIZE-ROOT, a number and 64 hexadecimal digits";

  private static final Pattern HEAD =
      Pattern.compile("(?:(?<size>[1-9][0-9]{0,17})(?<by>[- ]))?(?<digest>[0-9a-f]{64})");

  /**
   * Reads one: SIZE-ROOT, or what earlier versions printed, DIGEST or NUMBER DIGEST.
   *
   * @return empty when it is none of these
   */
  public static Optional<NotedHead> of(String text) {
    Matcher head = HEAD.matcher(text.strip());
    if (!head.matches()) {
      return Optional.empty();
    }
    long size = Optional.ofNullable(head.group("size")).map(Long::parseLong).orElse(0L);
    return Optional.of(new NotedHead(size, head.group("digest"), !"-".equals(head.group("by"))));
  }
}
