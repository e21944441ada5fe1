package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.candor.core.MovableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume of whose size the test decides. */
class DiskRoomTest {

  private static final long MAX_BYTES = 10_000_000;
  private static final long RESERVE = MAX_BYTES / 50;

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private long usable = 1L << 40;
  private DiskRoom room;

  @BeforeEach
  void make() {
    StoreSettings settings =
        new StoreSettings(directory, MAX_BYTES, Duration.ofDays(30), 1000, ShareSettings.usual());
    room = new DiskRoom(() -> settings, at -> usable, clock);
  }

  @Test
  void onALargeVolumeThereIsAReserveOfBytesAndNothingElse() throws IOException {
    Files.write(directory.resolve("outbox.mv"), new byte[(int) MAX_BYTES * 2]);
    room.look();
    assertThat(room.isTight()).isFalse();
    assertThat(reserve()).hasSize(RESERVE);
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("outbox.mv", "reserve");
  }

  @Test
  void theLastTenthIsTight() throws IOException {
    room.lookNow();
    Files.write(directory.resolve("outbox.mv"), new byte[4_000_000]);
    usable = 450_000;
    room.lookNow();
    assertThat(room.isTight()).isFalse();
    usable = 440_000;
    room.lookNow();
    assertThat(room.isTight()).isTrue();
    usable = 460_000;
    room.lookNow();
    assertThat(room.isTight()).isFalse();
  }

  @Test
  void theReserveGoesWhenLessIsLeftThanItHoldsAndComesBackWhenThereIsPlenty() {
    room.look();
    usable = RESERVE;
    assertThat(room.lookNow()).isFalse();
    assertThat(reserve()).exists();
    usable = RESERVE - 1;
    assertThat(room.lookNow()).as("there is more now").isTrue();
    assertThat(reserve()).doesNotExist();
    assertThat(room.lookNow()).as("once").isFalse();
    assertThat(room.isTight()).isTrue();
    usable = 3 * RESERVE;
    room.lookNow();
    assertThat(room.isTight()).as("as long as it is in use").isTrue();
    assertThat(reserve()).doesNotExist();
    usable++;
    room.lookNow();
    assertThat(reserve()).exists();
    assertThat(room.isTight()).isFalse();
  }

  @Test
  void itLooksOnceASecond() {
    room.look();
    usable = 0;
    clock.advance(Duration.ofMillis(999));
    room.look();
    assertThat(room.isTight()).isFalse();
    clock.advance(Duration.ofMillis(1));
    room.look();
    assertThat(room.isTight()).isTrue();
  }

  @Test
  void whereNobodyKnowsNothingIsSaid() {
    StoreSettings settings =
        new StoreSettings(
            directory.resolve("gone"), MAX_BYTES, Duration.ofDays(30), 1, ShareSettings.usual());
    DiskRoom unknown = new DiskRoom(() -> settings, at -> Files.size(at), clock);
    assertThat(unknown.lookNow()).isFalse();
    assertThat(unknown.isTight()).isFalse();
  }

  private Path reserve() {
    return directory.resolve(DiskRoom.RESERVE);
  }
}
