package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerDiskTest {

  @TempDir Path karaf;

  @Test
  void whatCouldNotBeWrittenIsBehindUntilItIs() throws IOException {
    Etc etc = new Etc(Files.createDirectories(karaf.resolve("etc")));
    AnswerDisk disk = new AnswerDisk(new AnswerFile(etc, new MovableClock()), read -> {});
    Path blocking = Files.createDirectories(karaf.resolve("etc/.org.candor.consent.answers.new/x"));
    Files.writeString(karaf.resolve("var"), "no folder");
    assertThatThrownBy(() -> disk.write(AnswerBook.EMPTY)).isInstanceOf(IOException.class);
    assertThat(disk.isBehind()).isTrue();
    assertThat(disk.isOutdated()).isFalse();
    Files.delete(blocking);
    Files.delete(blocking.getParent());
    disk.write(AnswerBook.EMPTY);
    assertThat(disk.isBehind()).isFalse();
    assertThat(disk.isChanged()).isFalse();
  }
}
