package org.candor.core.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the messages that are still whole out of a file that the store cannot open. A message that
 * had been removed may still lie in the file: the caller knows which were settled.
 */
final class Salvage {

  private Salvage() {}

  /** The messages, each once, in the order of their numbers. */
  static Collection<QueuedMessage> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Map<Long, QueuedMessage> found = new LinkedHashMap<>();
    for (int offset = 0; offset < bytes.length; offset++) {
      if (bytes[offset] == 'C') {
        MessageCodec.decode(bytes, offset).ifPresent(queued -> found.put(queued.number(), queued));
      }
    }
    return found.values().stream()
        .sorted(java.util.Comparator.comparingLong(QueuedMessage::number))
        .toList();
  }
}
