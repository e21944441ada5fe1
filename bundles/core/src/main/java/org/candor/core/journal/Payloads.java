package org.candor.core.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.candor.api.Bytes;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Payload table: the payloads that are kept in the open file, compressed, by the numbers of their
 * entries. Commits nothing itself.
 */
final class Payloads {

  private final StoreFile file;
  private long bytes;

  Payloads(StoreFile file) {
    this.file = file;
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

  /** The payload of an entry: empty bytes, which no digest fits, when it is damaged. */
  Optional<Bytes> get(long number) {
    return Optional.ofNullable(map().get(number)).map(Payloads::expand);
  }

  boolean has(long number) {
    return map().containsKey(number);
  }

  void drop(long number) {
    bytes -= map().remove(number).length;
  }

  Optional<Long> oldest() {
    return Optional.ofNullable(map().firstKey());
  }

  private MVMap<Long, byte[]> map() {
    return file.numbered("payloads");
  }

  private static Bytes expand(byte[] compressed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return Bytes.copyOf(in.readAllBytes());
    } catch (IOException e) {
      return Bytes.empty();
    }
  }
}
