package org.candor.core.consent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.candor.core.settings.Etc;
import org.candor.core.settings.StateFile;
import org.candor.core.store.AtomicFileWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicated state on disk: the owner's answers, in {@code etc/org.candor.consent.answers} and its
 * copy in {@code var/candor}; of both, the union counts, so that an old backup of one loses no
 * denial. Takes over what earlier builds kept in {@code etc/org.candor.consent.remembered}. Not
 * thread-safe.
 */
final class AnswerFile {

  static final String NAME = ConsentConfig.PID + ".answers";

  private static final Logger log = LoggerFactory.getLogger(AnswerFile.class);
  private static final String REMEMBERED = ConsentConfig.PID + ".remembered";

  private final StateFile file;
  private final Path remembered;
  private final Clock clock;

  AnswerFile(Etc etc, Clock clock) {
    this(etc.doubledState(NAME), etc.beside(REMEMBERED), clock);
  }

  /**
   * @param remembered what earlier builds kept
   */
  AnswerFile(StateFile file, Path remembered, Clock clock) {
    this.file = file;
    this.remembered = remembered;
    this.clock = clock;
  }

  /** Differs whenever one of the copies was written. */
  String version() {
    return file.version();
  }

  /** Where it is looked for, the usual place first. */
  List<Path> places() {
    return file.places();
  }

  /**
   * What is known on disk.
   *
   * @throws IOException when a copy cannot be read: nobody knows then what was answered
   */
  AnswerBook read() throws IOException {
    AnswerBook book = AnswerBook.EMPTY;
    for (StateFile.Copy copy : file.copies()) {
      book =
          book.merge(
              AnswerCodec.decode(
                  copy.text(),
                  line ->
                      log.error(
                          "{} has a damaged line, which may have been a denial: everything is off"
                              + " until telemetry:enable.",
                          copy.path())));
    }
    Optional<AnswerBook> before = remembered();
    return before.isPresent() ? book.merge(before.get()) : book;
  }

  private Optional<AnswerBook> remembered() throws IOException {
    return Files.exists(remembered)
        ? Optional.of(
            RememberedFile.read(
                Files.readString(remembered, StandardCharsets.ISO_8859_1), clock.instant()))
        : Optional.empty();
  }

  /** Replaces what is on disk; there when this returns. */
  void write(AnswerBook book) throws IOException {
    file.write(AnswerCodec.encode(book.pruned()));
    forgetRemembered();
  }

  private void forgetRemembered() {
    try {
      if (Files.deleteIfExists(remembered)) {
        AtomicFileWriter.settle(remembered.toAbsolutePath().getParent());
        log.info("etc/{} was taken over into {}.", REMEMBERED, NAME);
      }
    } catch (IOException e) {
      log.debug("{} stays, and is read again", remembered, e);
    }
  }
}
