package org.candor.core.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.candor.api.Bytes;

/**
 * Batch digest: what an entry says of many messages instead of naming each.
 *
 * @param count how many messages
 * @param digest SHA-256 of their ids, sorted, each with a line feed after it; hexadecimal
 */
public record BatchDigest(long count, String digest) {

  static BatchDigest of(List<String> ids) {
    return new BatchDigest(ids.size(), Bytes.utf8(text(ids)).sha256());
  }

  /** What the digest is of. */
  static String text(List<String> ids) {
    return ids.stream().sorted().map(id -> id + "\n").collect(Collectors.joining());
  }

  /** The ids of a text. */
  static List<String> ids(Bytes text) {
    return new String(text.toArray(), StandardCharsets.UTF_8).lines().toList();
  }
}
