package org.candor.itest.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Which messages the outbox of a Karaf that is not running knows of or has known of. Reads the
 * frames that org.candor.core.store.Frame describes, wherever they lie.
 */
public record StoreScan(Path karaf) {

  private static final byte[] MARK = "CANDOR\u0001\n".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern QUEUED = Pattern.compile("\"messageId\":\"([^\"]+)\"");

  /** The ids of all messages that were ever accepted and left a trace. */
  public Set<String> messages() throws IOException {
    Set<String> ids = new TreeSet<>();
    for (String frame : frames("outbox.mv")) {
      groups(QUEUED, frame).forEach(ids::add);
    }
    return ids;
  }

  private List<String> frames(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(karaf.resolve("var/candor").resolve(file));
    List<String> frames = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int at = 0; at + MARK.length + 4 < bytes.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length)) {
        int begin = at + MARK.length + 4;
        int length = buffer.getInt(at + MARK.length);
        if (length >= 0 && length <= bytes.length - begin - 4) {
          CRC32C checksum = new CRC32C();
          checksum.update(bytes, begin, length);
          if ((int) checksum.getValue() == buffer.getInt(begin + length)) {
            frames.add(new String(bytes, begin, length, StandardCharsets.UTF_8));
          }
        }
      }
    }
    return frames;
  }

  private static List<String> groups(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    List<String> groups = new ArrayList<>();
    while (matcher.find()) {
      groups.add(matcher.group(1));
    }
    return groups;
  }
}
