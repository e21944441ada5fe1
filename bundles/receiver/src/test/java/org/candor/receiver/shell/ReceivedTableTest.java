package org.candor.receiver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.candor.api.Bytes;
import org.candor.receiver.ReceivedMessage;
import org.junit.jupiter.api.Test;

class ReceivedTableTest {

  private static final ReceivedMessage ENTRY =
      new ReceivedMessage(
          "segment",
          Instant.parse("2026-11-21T18:59:09Z"),
          Bytes.utf8("{\u009b31m" + "x".repeat(5000) + "}"),
          3);

  @Test
  void forScriptsALineAnEntry() {
    String text = print(0, false, List.of(ENTRY));
    assertThat(text.lines().filter(line -> line.contains("segment")))
        .singleElement()
        .asString()
        .contains("2026-11-21T18:59:09Z", "5007", "3")
        .hasSizeLessThan(300)
        .doesNotContain("\u009b");
  }

  @Test
  void onATerminalNoLineIsLongerThanItIsWide() {
    assertThat(print(80, true, List.of(ENTRY)).lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void nothingIsSaidInWords() {
    assertThat(print(80, true, List.of())).contains("Nothing has been received yet.");
  }

  private static String print(int width, boolean format, List<ReceivedMessage> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ReceivedTable(width)
        .print(entries, new PrintStream(out, true, StandardCharsets.UTF_8), format);
    return out.toString(StandardCharsets.UTF_8);
  }
}
