package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFrameTest {

  @TempDir Path directory;

  @Test
  void allWholeFramesAreFoundWhereverTheyLie() throws IOException {
    Random random = new Random(1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] content = new byte[i == 7 ? 600_000 : random.nextInt(5000)];
      random.nextBytes(content);
      contents.add(content);
      file.write(new byte[random.nextInt(3000)]);
      file.write(RecordFrame.wrap(content));
    }
    assertThat(scan(file.toByteArray())).containsExactlyElementsOf(contents);
  }

  @Test
  void aDamagedFrameHidesNoOtherAndOneInsideOfAnotherIsNone() throws IOException {
    byte[] damaged = RecordFrame.wrap(new byte[100]);
    damaged[50]++;
    byte[] endless = RecordFrame.wrap(new byte[3]);
    endless[8] = 127;
    byte[] inner = RecordFrame.wrap("inner".getBytes());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(damaged);
    file.write(endless);
    file.write(RecordFrame.wrap(inner));
    file.write(RecordFrame.wrap(new byte[] {1}), 0, 12);
    assertThat(scan(file.toByteArray())).containsExactly(inner);
  }

  private List<byte[]> scan(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("f"), bytes);
    List<byte[]> found = new ArrayList<>();
    RecordFrame.scan(file, found::add);
    return found;
  }
}
