package org.candor.control;

import java.util.List;
import java.util.stream.Collectors;
import org.candor.api.Bytes;

/**
 * Inclusion proof of one entry (RFC 9162, section 2.1.3).
 *
 * @param entry its line, as in an export
 * @param number its number, from 1
 * @param head of a tree that it is in
 * @param path hashes from the leaf to the root, hexadecimal
 */
public record EntryProof(Bytes entry, long number, Journal.Head head, List<String> path) {

  public EntryProof {
    path = List.copyOf(path);
  }

  /** The line of JSON that proves it, to stand below that of the entry. */
  public String line() {
    return "{\"kind\":\"proof\",\"number\":%d,\"size\":%d,\"root\":\"%s\",\"path\":[%s]}"
        .formatted(
            number,
            head.number(),
            head.digest(),
            path.stream().map(hash -> '"' + hash + '"').collect(Collectors.joining(",")));
  }
}
