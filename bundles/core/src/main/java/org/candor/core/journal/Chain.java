package org.candor.core.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.control.Journal.Head;

/**
 * Hash chain reconstruction: puts entries that were found in any order back into their chain. A
 * file may hold several copies of one, and entries that never counted, since the commit that should
 * have added them failed and another took their place. So of two that follow the same entry the one
 * counts that has the longer chain behind it. Where an entry is missing a new piece begins, in the
 * order of numbers.
 */
final class Chain {

  private final Map<String, ChainLink> links = new LinkedHashMap<>();
  private final Map<String, byte[]> lines = new HashMap<>();
  private Optional<Head> goneBefore = Optional.empty();

  /** Adds what may be an entry's line. */
  void add(byte[] line) {
    LineCodec.decode(line)
        .ifPresent(
            link -> {
              String digest = Entries.digest(line);
              links.put(digest, link);
              lines.put(digest, line);
            });
  }

  /** The lines of all entries that count. */
  List<byte[]> inOrder() {
    Map<String, List<String>> followers = new HashMap<>();
    links.forEach(
        (digest, link) ->
            followers.computeIfAbsent(link.previous(), previous -> new ArrayList<>()).add(digest));
    Map<String, Integer> lengths = lengths(followers);
    Comparator<String> longest =
        Comparator.<String>comparingInt(lengths::get).thenComparing(digest -> at(digest));
    List<byte[]> ordered = new ArrayList<>();
    List<String> roots = roots(followers.keySet());
    for (String root : roots) {
      Optional<String> next = followers.getOrDefault(root, List.of()).stream().max(longest);
      while (next.isPresent()) {
        ordered.add(lines.get(next.get()));
        next = followers.getOrDefault(next.get(), List.of()).stream().max(longest);
      }
    }
    goneBefore =
        ordered.stream()
            .findFirst()
            .flatMap(LineCodec::decode)
            .filter(first -> !first.previous().equals(Entries.START))
            .map(first -> new Head(first.number() - 1, first.previous()));
    return ordered;
  }

  /**
   * The entry before the first, once {@link #inOrder} was called; empty when the chain begins at
   * its start. The oldest entries may have gone to keep within the bound.
   */
  Optional<Head> goneBefore() {
    return goneBefore;
  }

  /** What entries name as the one before, and is not there: the start first, then by number. */
  private List<String> roots(Set<String> named) {
    Map<String, Long> first = new HashMap<>();
    links
        .values()
        .forEach(
            link -> {
              if (!links.containsKey(link.previous())) {
                first.merge(link.previous(), link.number(), Math::min);
              }
            });
    return named.stream()
        .filter(first::containsKey)
        .sorted(
            Comparator.<String, Boolean>comparing(root -> !root.equals(Entries.START))
                .thenComparing(first::get))
        .toList();
  }

  /** How many entries the longest chain has that begins with each. */
  private Map<String, Integer> lengths(Map<String, List<String>> followers) {
    Map<String, Integer> lengths = new HashMap<>();
    Set<String> ends = new HashSet<>(links.keySet());
    ends.removeAll(followers.keySet());
    for (String end : ends) {
      int length = 1;
      String digest = end;
      while (links.containsKey(digest) && lengths.getOrDefault(digest, 0) < length) {
        lengths.put(digest, length++);
        digest = links.get(digest).previous();
      }
    }
    return lengths;
  }

  private Instant at(String digest) {
    return links.get(digest).entry().at();
  }
}
