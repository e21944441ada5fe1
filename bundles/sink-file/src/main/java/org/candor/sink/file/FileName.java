package org.candor.sink.file;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.candor.api.Bytes;
import org.candor.api.sink.Payload;

/**
 * The name of a payload's file: {@code 20261121T185909.876Z-ID.EXTENSION}, the time in UTC. Ids
 * come from formatters and are made fit for any file system: what is not a letter, a digit, a dot,
 * an underscore or a hyphen becomes an underscore, long ones are cut, and a digest keeps apart what
 * was changed.
 */
final class FileName {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern TIME_OF_A_FILE = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}Z");
  private static final int TIME_LENGTH = "20261121T185909.876Z".length();
  private static final int LONGEST_ID = 100;
  private static final int DIGEST_LENGTH = 16;

  private final String end;

  private FileName(String end) {
    this.end = end;
  }

  static FileName of(Payload payload) {
    return new FileName("-" + fit(payload.id()) + "." + extension(payload.mediaType()));
  }

  /** The name of a file that is written at this time. */
  String at(Instant time) {
    return TIME.format(time) + end;
  }

  /** Whether a file of this name is the payload's, whenever it was written. */
  boolean isNameOf(String file) {
    return file.length() == TIME_LENGTH + end.length()
        && file.endsWith(end)
        && TIME_OF_A_FILE.matcher(file.substring(0, TIME_LENGTH)).matches();
  }

  private static String fit(String id) {
    String fit = id.replaceAll("[^A-Za-z0-9._-]", "_");
    if (fit.equals(id) && !id.isEmpty() && id.length() <= LONGEST_ID) {
      return id;
    }
    String start = fit.substring(0, Math.min(fit.length(), LONGEST_ID));
    return start + "~" + Bytes.utf8(id).sha256().substring(0, DIGEST_LENGTH);
  }

  private static String extension(String mediaType) {
    String type = mediaType.toLowerCase(Locale.ROOT).replaceAll("\\s*;.*", "").strip();
    if (type.endsWith("envelope")) {
      return "envelope";
    }
    return type.endsWith("/json") || type.endsWith("+json") ? "json" : "bin";
  }
}
