package org.candor.core.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.candor.api.Bytes;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Attachment table: what is kept in the open file beside entries that have the digest of it,
 * compressed, by their numbers. Commits nothing itself.
 */
final class Attachments {

  private final StoreFile file;
  private final String name;
  private long bytes;

  /**
   * @param name of the table
   */
  Attachments(StoreFile file, String name) {
    this.file = file;
    this.name = name;
  }

  /** Finds out what those take that lie there already. */
  void weigh() {
    bytes = map().values().stream().mapToLong(value -> value.length).sum();
  }

  /** What they take, compressed. */
  long bytes() {
    return bytes;
  }

  void keep(long number, Bytes body) {
    byte[] compressed = body.gzip().toArray();
    map().put(number, compressed);
    bytes += compressed.length;
  }

  /** What belongs to an entry: empty bytes, which no digest fits, when it is damaged. */
  Optional<Bytes> get(long number) {
    return Optional.ofNullable(map().get(number)).map(Attachments::expand);
  }

  /** Lets go what belongs to an entry, if anything does. */
  void drop(long number) {
    byte[] dropped = map().remove(number);
    bytes -= dropped == null ? 0 : dropped.length;
  }

  Optional<Long> oldest() {
    return Optional.ofNullable(map().firstKey());
  }

  private MVMap<Long, byte[]> map() {
    return file.numbered(name);
  }

  private static Bytes expand(byte[] compressed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return Bytes.copyOf(in.readAllBytes());
    } catch (IOException e) {
      return Bytes.empty();
    }
  }
}
