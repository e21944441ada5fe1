package org.candor.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSinkTest {

  private static final Instant NOW = Instant.parse("2026-11-21T18:59:09.876Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path scratch;

  @Test
  void aMessageBecomesAFileWithItsBytes() throws IOException {
    Path directory = scratch.resolve("a/b");
    Receipt receipt = send(sink(directory), message("1f-2", "application/json", "{\"ä\":1}"));

    Path file = directory.resolve("20261121T185909.876Z-1f-2.json");
    assertThat(receipt).isEqualTo(Receipt.delivered("file:" + file));
    assertThat(file).hasContent("{\"ä\":1}");
    assertThat(files(directory)).containsExactly(file.getFileName().toString());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json; charset=utf-8,json",
    "application/vnd.candor.segment-message+json,json",
    "application/x-sentry-envelope,envelope",
    "application/octet-stream,bin",
    "nonsense,bin"
  })
  void theExtensionSaysWhatIsInside(String mediaType, String extension) throws IOException {
    assertThat(sink(scratch).accepts(mediaType)).isTrue();
    send(sink(scratch), message("id", mediaType, "x"));
    assertThat(files(scratch)).containsExactly("20261121T185909.876Z-id." + extension);
  }

  @Test
  void theSameIdLeavesOneFile() throws IOException {
    send(sink(scratch), message("a-b", "application/json", "other"));
    send(sink(scratch), message("b", "application/json", "first"));
    FileSink later =
        new FileSink(config(scratch.toString()), Clock.offset(CLOCK, Duration.ofDays(1)));
    Receipt receipt = send(later, message("b", "application/json", "first"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(files(scratch))
        .containsExactlyInAnyOrder("20261121T185909.876Z-b.json", "20261121T185909.876Z-a-b.json");
  }

  @Test
  void theSameIdAtTheSameTimeLeavesOneFile() throws Exception {
    FileSink sink = new FileSink(config(scratch.toString()), Clock.systemUTC());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Receipt>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(() -> send(sink, message("same", "application/json", "x")));
      }
      for (var call : threads.invokeAll(calls, 20, TimeUnit.SECONDS)) {
        assertThat(call.get().outcome()).isEqualTo(Outcome.DELIVERED);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(files(scratch)).hasSize(1);
  }

  @Test
  void noIdLeadsOutOfTheDirectory() throws IOException {
    Path directory = scratch.resolve("in");
    for (String id :
        List.of("../../out", "/etc/x", "a\u0000b", "a_b", "a/b", "", "é".repeat(900))) {
      Receipt receipt = send(sink(directory), message(id, "application/json", id));
      assertThat(receipt.outcome()).as(id).isEqualTo(Outcome.DELIVERED);
    }
    assertThat(files(directory)).hasSize(7).allMatch(name -> name.startsWith("20261121T"));
    assertThat(files(scratch)).containsExactly("in");
  }

  @Test
  void whatAKilledProcessLeftIsClearedAwayAndWhatAnotherIsWritingStays() throws IOException {
    Path abandoned = Files.writeString(scratch.resolve(".candor-1.tmp"), "{\"half");
    Files.setLastModifiedTime(abandoned, FileTime.from(NOW.minus(Duration.ofHours(2))));
    Path busy = Files.writeString(scratch.resolve(".candor-2.tmp"), "{\"half");
    Files.setLastModifiedTime(busy, FileTime.from(NOW));
    Path foreign = Files.writeString(scratch.resolve("notes.tmp"), "mine");
    Files.setLastModifiedTime(foreign, FileTime.from(NOW.minus(Duration.ofHours(2))));

    Receipt receipt = send(sink(scratch), message("1", "application/json", "whole"));

    assertThat(receipt.outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(files(scratch))
        .containsExactlyInAnyOrder(".candor-2.tmp", "notes.tmp", "20261121T185909.876Z-1.json");
  }

  @Test
  void aDirectoryThatCannotBeIsTriedAgainWithAdvice() throws IOException {
    Path file = Files.writeString(scratch.resolve("file"), "");
    Path directory = file.resolve("below");
    FileSink sink = sink(directory);

    Receipt receipt = send(sink, message("1", "application/json", "x"));
    assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(receipt.answer())
        .contains("Could not write to " + directory, "directory in etc/org.candor.sink.file.cfg")
        .doesNotContain("null");

    Files.delete(file);
    assertThat(send(sink, message("1", "application/json", "x")).outcome())
        .isEqualTo(Outcome.DELIVERED);
  }

  @Test
  void aWriteThatFailsLeavesNothingBehind() throws IOException {
    Files.createDirectories(scratch.resolve("20261121T185909.876Z-1.json/in-the-way"));
    Receipt receipt = send(sink(scratch), message("1", "application/json", "x"));
    assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(files(scratch)).containsExactly("20261121T185909.876Z-1.json");
  }

  @Test
  void afterANoNothingAppears() throws IOException {
    Deadline deadline = Deadline.after(Duration.ofSeconds(10), Clock.systemUTC());
    deadline.cancel();
    FileSink sink = sink(scratch);
    Receipt receipt =
        sink.send(sink.encode(List.of(message("1", "application/json", "x"))), deadline);
    assertThat(receipt.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(files(scratch)).isEmpty();
  }

  @Test
  void anInterruptedThreadWritesNothing() throws IOException {
    Thread.currentThread().interrupt();
    FileSink sink = sink(scratch);
    try {
      send(sink, message("1", "application/json", "x"));
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(files(scratch)).isEmpty();
  }

  @Test
  void withoutADirectoryItIsUnconfiguredAndSaysWhatToSet() throws IOException {
    FileSink sink = new FileSink(config(" "), CLOCK);
    assertThat(sink.state().configured()).isFalse();
    assertThat(sink.state().advice()).contains("Set directory in etc/org.candor.sink.file.cfg");
    assertThat(send(sink, message("1", "application/json", "x")).outcome())
        .isEqualTo(Outcome.RETRY);
  }

  @Test
  void aBadDirectoryIsRefusedAndTheLastGoodOneStaysUntilItIsEmptied() {
    FileSink sink = new FileSink(config("relative/path"), CLOCK);
    assertThat(sink.state().configured()).isFalse();
    sink.modified(config(scratch.toString()));
    sink.modified(config("relative/path"));
    assertThat(sink.state().endpoint()).isEqualTo("file:" + scratch);
    assertThat(sink.state().destination()).isEqualTo("file:" + scratch);
    sink.modified(config(""));
    assertThat(sink.state().configured()).isFalse();
    sink.modified(config("relative/path"));
    assertThat(sink.state().configured()).isFalse();
  }

  private static FileSink sink(Path directory) {
    return new FileSink(config(directory.toString()), CLOCK);
  }

  private static Message message(String id, String mediaType, String body) {
    return new Message(id, "health", mediaType, Bytes.utf8(body));
  }

  private static Receipt send(FileSink sink, Message message) throws IOException {
    return sink.send(
        sink.encode(List.of(message)), Deadline.after(Duration.ofSeconds(10), Clock.systemUTC()));
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Config config(String directory) {
    return new Config() {
      @Override
      public String directory() {
        return directory;
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return Config.class;
      }
    };
  }
}
