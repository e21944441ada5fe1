package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.sink.Receipt;
import org.candor.control.JournalEntry;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crash points of an attempt: after the note, the send, the journal's entry and the release. What
 * lay on disk at each is put back, as after a kill.
 */
@Timeout(60)
class CrashPointTest extends RunningChannel {

  private static final String[] FILES = {
    Outbox.FILE, Outbox.FILE + ".mark", ChainedJournal.FILE, ChainedJournal.FILE + ".mark"
  };

  private Path noted;

  @BeforeEach
  void snapshotOfTheNote() throws IOException {
    noted = Files.createDirectory(directory.resolve("noted"));
    graceIsOver();
    step(SETTINGS, false);
  }

  /** At once, and behind one that waited, which is another way through the loop. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void afterTheNoteAndAfterTheSendItIsSentAgainUnderItsId(boolean waits) throws IOException {
    sink.answers.add(Receipt.retry("503"));
    attempt(waits);
    restore(noted, FILES);
    step(SETTINGS, false);
    assertThat(outcomes()).startsWith(Outcome.INTERRUPTED, Outcome.DELIVERED);
    assertThat(sink.got.get(1).id()).isEqualTo(sink.got.get(0).id());
    assertThat(outbox.count("c")).isZero();
    assertThat(journal.verify().intact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void afterTheEntryItIsNotSentAgain(boolean waits) throws IOException {
    attempt(waits);
    int sent = sink.got.size();
    Path journaled = Files.createDirectory(directory.resolve("journaled"));
    stopStores();
    copy(directory.resolve("var"), journaled, FILES);
    restore(noted, Outbox.FILE, Outbox.FILE + ".mark");
    step(SETTINGS, false);
    assertThat(sink.got.subList(1, sink.got.size()))
        .extracting(Payload::id)
        .doesNotContain(sink.got.get(0).id());
    assertThat(outcomes()).hasSize(sent).containsOnly(Outcome.DELIVERED);
    assertThat(outbox.unended("c")).isEmpty();
  }

  @Test
  void afterTheReleaseNothingIsLeftToDo() throws IOException {
    attempt(false);
    stopStores();
    restart();
    step(SETTINGS, false);
    assertThat(sink.got).hasSize(1);
    assertThat(outcomes()).containsExactly(Outcome.DELIVERED);
  }

  /** The write-ahead log of what left: the outbox does not let go of what is not journaled. */
  @Test
  void withoutTheEntryTheOutboxLetsNothingGo() throws IOException {
    sink.during = deadline -> journal.close();
    assertThat(step(SETTINGS, true).problem()).isPresent();
    assertThat(sink.delivered).hasSize(1);
    assertThat(outbox.count("c")).isEqualTo(1);
    assertThat(outbox.unended("c")).isPresent();
  }

  @Test
  void nothingIsSentBetweenTheNoteAndTheAttemptOnceTheOwnerDenies() throws IOException {
    Channel channel = channel();
    Runnable stop = consent.onChange(channel::changed);
    AtomicBoolean denied = new AtomicBoolean();
    sink.whenAsked =
        () -> {
          if (isNoted() && denied.compareAndSet(false, true)) {
            answer(false);
          }
        };
    join(channel.send());
    stop.run();
    assertThat(denied).isTrue();
    assertThat(sink.got).isEmpty();
    assertThat(outbox.unended("c")).isEmpty();
    join(channel.send());
    assertThat(outbox.count("c")).isZero();
    channel.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheOwnerDeniesWhileItIsMadeIsNeitherQueuedNorSent(boolean waits) throws IOException {
    if (waits) {
      outbox.accept("c", messages("waits"), memory -> memory);
    }
    formatter.whenAsked = () -> answer(false);
    assertThat(step(SETTINGS, true).queued()).isZero();
    assertThat(sink.got).isEmpty();
    assertThat(outbox.memory("c").lost()).isEqualTo(waits ? Map.of("withdrawn", 1L) : Map.of());
  }

  /** What is accepted is in the file when that returns, whatever becomes of the process. */
  @Test
  void whatIsAcceptedIsInTheFile() throws IOException {
    outbox.accept("c", messages("one"), memory -> memory);
    copy(directory.resolve("var"), noted, FILES);
    restore(noted, FILES);
    assertThat(outbox.all("c")).extracting(queued -> queued.message().id()).containsExactly("one");
  }

  private void attempt(boolean waits) throws IOException {
    if (waits) {
      outbox.accept("c", messages("waits"), memory -> memory);
    }
    AtomicBoolean taken = new AtomicBoolean();
    sink.during =
        deadline -> {
          if (taken.compareAndSet(false, true)) {
            copy(directory.resolve("var"), noted, FILES);
          }
        };
    step(SETTINGS, true);
    sink.during = deadline -> {};
  }

  private boolean isNoted() {
    try {
      return outbox.unended("c").isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Outcome> outcomes() {
    return journal.entries(99).stream().map(JournalEntry::outcome).toList();
  }

  private void restore(Path from, String... files) {
    stopStores();
    copy(from, directory.resolve("var"), files);
    restart();
  }

  private static void copy(Path from, Path to, String... files) {
    try {
      for (String file : files) {
        Optional<Path> there = Optional.of(from.resolve(file)).filter(Files::exists);
        Files.deleteIfExists(to.resolve(file));
        if (there.isPresent()) {
          Files.copy(there.get(), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
