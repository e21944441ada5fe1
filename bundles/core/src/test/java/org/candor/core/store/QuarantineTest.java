package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {

  @TempDir Path directory;
  private Path file;
  private Quarantine quarantine;

  @BeforeEach
  void damage() throws IOException {
    file = Files.writeString(directory.resolve("a.mv"), "damaged");
    quarantine =
        new Quarantine(file, Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));
  }

  @Test
  void whatIsHeldStaysInItsPlaceUntilThereIsANewOne() throws IOException {
    Path aside = quarantine.hold();
    assertThat(aside.getFileName()).hasToString("a.mv.set-aside-20261121T120000.000Z");
    assertThat(file).hasContent("damaged");
    Path fresh = Files.writeString(directory.resolve("fresh"), "new");
    AtomicFileWriter.move(fresh, file);
    quarantine.release(aside);
    assertThat(aside).hasContent("damaged");
    assertThat(file).hasContent("new");
  }

  @Test
  void whatStaysInUseIsNotSetAside() throws IOException {
    Path aside = quarantine.hold();
    quarantine.release(aside);
    assertThat(aside).doesNotExist();
    assertThat(file).hasContent("damaged");
  }

  @Test
  void anotherInTheSameMomentTakesThePlaceOfTheOneBefore() throws IOException {
    quarantine.hold();
    Files.delete(file);
    Files.writeString(file, "damaged again");
    assertThat(quarantine.hold()).hasContent("damaged again");
  }

  @Test
  void aCopyStaysAsItWas() throws IOException {
    Path copy = quarantine.copy();
    Files.writeString(file, "written since");
    assertThat(copy).hasContent("damaged");
  }
}
