package org.candor.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  @TempDir Path directory;
  private Path path;
  private ConfigFile file;

  @BeforeEach
  void start() {
    path = directory.resolve("a.cfg");
    file = new ConfigFile(path, Clock.systemUTC());
  }

  @Test
  void thereMayBeNone() throws IOException {
    assertThat(file.read()).isEmpty();
    file.write(Map.of("key", "value"));
    assertThat(file.read()).contains(Map.of("key", "value"));
  }

  @Test
  void aFileThatWasEmptiedJustNowIsBeingFilled() throws IOException {
    Files.writeString(path, "");
    assertThatThrownBy(() -> file.read()).isInstanceOf(UnsettledException.class);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5));
    assertThat(new ConfigFile(path, later).read()).contains(Map.of());
  }

  @Test
  void configAdminHoldsWhatIsWrittenSoThatFileInstallPutsNothingOlderBack() throws IOException {
    Files.writeString(path, "one = 1\ntwo = ${env:X}\n");
    Copy copy = new Copy();
    new ConfigFile(path, Clock.systemUTC(), copy).write(Map.of("One", "2", "three", "3"));
    assertThat(copy.held).isEqualTo(Map.of("one", "2", "two", "${env:X}", "three", "3"));
  }

  @Test
  void whatWasWrittenAMomentAgoIsTakenFirst() throws Exception {
    Files.writeString(path, "one = 1\n");
    Copy copy = new Copy();
    Instant now = Instant.now();
    ConfigFile fresh = new ConfigFile(path, Clock.fixed(now, ZoneOffset.UTC), copy);
    Files.setLastModifiedTime(path, FileTime.from(now));
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              try {
                fresh.awaitTaken();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    copy.asked.await();
    assertThat(waiting).isNotDone();
    copy.take(Map.of("one", "1"));
    waiting.get(10, TimeUnit.SECONDS);

    Copy late = new Copy();
    late.told = false;
    ConfigFile written = new ConfigFile(path, Clock.systemUTC(), late);
    CompletableFuture<Void> keeping =
        CompletableFuture.runAsync(
            () -> {
              try {
                written.awaitKept(Map.of("one", "2"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    late.asked.await();
    late.told = true;
    assertThat(keeping).isNotDone();
    Files.writeString(path, "one = 2\n");
    keeping.get(10, TimeUnit.SECONDS);

    copy.take(Map.of("one", "another"));
    Files.setLastModifiedTime(path, FileTime.from(now.minusSeconds(2)));
    fresh.awaitTaken();
    Files.delete(path);
    fresh.awaitTaken();
  }

  @Test
  @Timeout(10)
  void nobodyWaitsForAFileOfTheFuture() throws IOException {
    Files.writeString(path, "");
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(3600)));
    file.awaitTaken();
    assertThat(file.read()).contains(Map.of());
    assertThat(file.write(Map.of("usage", "false"))).containsEntry("usage", "false");
  }

  @Test
  void nothingIsLostOfAFileThatIsBeingFilled() throws Exception {
    Files.writeString(path, "");
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread writing =
        new Thread(
            () -> {
              try {
                file.write(Map.of("errors", "false"));
                done.complete(null);
              } catch (IOException e) {
                done.completeExceptionally(e);
              }
            });
    writing.start();
    while (writing.isAlive() && writing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    Files.writeString(path, "usage = false\n");
    done.get(10, TimeUnit.SECONDS);
    assertThat(file.read()).contains(Map.of("usage", "false", "errors", "false"));
  }

  /** What the framework took. */
  private static final class Copy implements ConfigCopy {

    final CountDownLatch asked = new CountDownLatch(2);
    volatile Map<String, String> held = Map.of();
    volatile boolean told = true;

    @Override
    public boolean isTold() {
      asked.countDown();
      return told;
    }

    @Override
    public boolean agrees(Map<String, String> values) {
      asked.countDown();
      return held.equals(values);
    }

    @Override
    public boolean holds(Map<String, String> values) {
      return held.equals(values);
    }

    @Override
    public void take(Map<String, String> values) {
      held = Map.copyOf(values);
    }
  }

  @Test
  void whatPeopleWroteStays() throws IOException {
    String text = "# Gr\u00fc\u00dfe\n\n  one : 1\ntwo = ${env:X} \\\n  and more\n";
    Files.writeString(path, text + "Three=3\n");
    file.write(Map.of("three", "4"));
    assertThat(Files.readString(path, StandardCharsets.UTF_8)).startsWith(text).contains("= 4");
    assertThat(file.read().orElseThrow())
        .containsEntry("THREE", "4")
        .containsEntry("two", "${env:X} and more")
        .hasSize(3);
  }

  @Test
  void nobodyMayReadItWhoMightNotBefore() throws IOException {
    Files.writeString(path, "key = 1\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    file.write(Map.of("key", "2"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), "key = 1\n");
    Files.createSymbolicLink(path, real);
    file.write(Map.of("key", "2"));
    assertThat(path).isSymbolicLink();
    assertThat(Files.readString(real)).contains("2");
  }

  @Test
  void whenItCannotBeWrittenTheOldOneStaysAndNothingLiesAround() throws IOException {
    Files.writeString(path, "key = 1\n");
    Files.createDirectories(directory.resolve(".a.cfg.new/x"));
    assertThatThrownBy(() -> file.write(Map.of("key", "2"))).isInstanceOf(IOException.class);
    assertThat(file.read()).contains(Map.of("key", "1"));
  }

  @Test
  void nothingLiesAroundAfterwards() throws IOException {
    file.write(Map.of("key", "2"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(path);
    }
  }
}
