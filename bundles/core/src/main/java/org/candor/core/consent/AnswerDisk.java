package org.candor.core.consent;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Optimistic versioning of the answers on disk: knows whether what lies there is what is in memory,
 * and says once when they cannot be read or written, and once when they can again. Reading is
 * thread-safe; one thread at a time writes.
 */
final class AnswerDisk {

  private static final Logger log = LoggerFactory.getLogger(AnswerDisk.class);

  private final AnswerFile file;
  private final Consumer<AnswerBook> onRead;
  private volatile String adopted = "";
  private volatile boolean unwritten;
  private volatile boolean outdated;
  private volatile Optional<String> unreadable = Optional.empty();

  /**
   * @param onRead gets every book that is read, before anybody else does
   */
  AnswerDisk(AnswerFile file, Consumer<AnswerBook> onRead) {
    this.file = file;
    this.onRead = onRead;
  }

  /**
   * What lay on disk.
   *
   * @param version of the files then
   */
  record Copy(AnswerBook book, String version) {}

  Copy read() throws IOException {
    String version = file.version();
    AnswerBook book = file.read();
    onRead.accept(book);
    return new Copy(book, version);
  }

  /**
   * As {@link #read}, for whoever knows nothing yet.
   *
   * @throws IOException in full sentences: nobody knows then what was answered
   */
  Copy load() throws IOException {
    try {
      Copy copy = read();
      unreadable.ifPresent(before -> log.info("{} can be read again.", AnswerFile.NAME));
      unreadable = Optional.empty();
      return copy;
    } catch (IOException e) {
      String why =
          AnswerFile.NAME
              + " cannot be read ("
              + e
              + "), so that nobody knows what was answered; let this user read it";
      if (unreadable.isEmpty()) {
        log.error("{}. Until then nothing is sent.", why);
      }
      unreadable = Optional.of(why);
      throw new IOException(why, e);
    }
  }

  /** Notes that all of this copy is in memory. */
  void adopt(Copy copy) {
    adopted = copy.version();
  }

  /** Whether somebody else put something in place since. */
  boolean isChanged() {
    return !file.version().equals(adopted);
  }

  /** What somebody else put in place; empty when nobody did. */
  AnswerBook changed() throws IOException {
    return isChanged() ? read().book() : AnswerBook.EMPTY;
  }

  /** Replaces what is on disk by answers; there when this returns. */
  void write(AnswerBook book) throws IOException {
    try {
      replace(book);
    } catch (IOException e) {
      if (!unwritten) {
        log.error(
            "Answers cannot be written: {}. What is off stays off until the restart; what was turned"
                + " on does not count. Let this user write one of the two.",
            e.getMessage());
      }
      unwritten = true;
      throw e;
    }
    if (unwritten) {
      log.info("Answers can be written again.");
    }
    unwritten = false;
  }

  /** As {@link #write}, where nothing that anybody answered depends on it. */
  void replace(AnswerBook book) throws IOException {
    file.write(book);
    adopted = file.version();
    outdated = false;
  }

  /** Notes that memory knows better than what is on disk. */
  void outdate() {
    outdated = true;
  }

  boolean isOutdated() {
    return outdated;
  }

  /** Whether something is to be written that is not, however often it was tried. */
  boolean isBehind() {
    return unwritten || outdated;
  }
}
