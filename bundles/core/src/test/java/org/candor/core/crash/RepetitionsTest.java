package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.candor.core.store.StoreFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepetitionsTest {

  private static final Repetition BEGUN =
      Repetition.begun(Instant.parse("2026-11-21T12:00:00Z")).oneReported();
  private static final Repetition COUNTED = BEGUN.oneCounted(CrashFixture.segv("a"), "c");

  @TempDir Path directory;
  private StoreFile file;

  @BeforeEach
  void open() throws IOException {
    file = new StoreFile(directory.resolve("a.mv"), Clock.systemUTC());
    file.open(aside -> {});
  }

  @AfterEach
  void close() {
    file.close();
  }

  private Repetitions reopened() throws IOException {
    file.commit();
    file.close();
    file.open(aside -> {});
    return new Repetitions(file, () -> new CrashLimits(8 << 20));
  }

  @Test
  void whatIsRememberedOutlivesARestart() throws IOException {
    Repetitions repetitions = new Repetitions(file, () -> new CrashLimits(8 << 20));
    repetitions.remember("kind", COUNTED);
    repetitions.remember("gone", BEGUN);
    repetitions.forget("gone");
    assertThat(reopened().all()).isEqualTo(repetitions.all()).containsOnlyKeys("kind");
    assertThat(repetitions.of("kind")).contains(COUNTED);
  }

  @Test
  void ofTooManyKindsOneWithoutACountGoes() throws IOException {
    Repetitions repetitions = new Repetitions(file, () -> new CrashLimits(8 << 20));
    repetitions.remember("plain", BEGUN);
    for (int i = 0; i < 499; i++) {
      repetitions.remember("counted " + i, COUNTED);
    }
    assertThat(repetitions.all()).hasSize(500);
    repetitions.remember("newest", BEGUN);
    assertThat(repetitions.all()).hasSize(500).containsKey("newest").doesNotContainKey("plain");
    assertThat(reopened().all()).isEqualTo(repetitions.all());
  }
}
