package org.candor.format.dns.answer;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.candor.api.Bytes;

/** Replies as {@code sink-dns} hands them on. */
public final class Replies {

  private Replies() {}

  /** Records of one string each. */
  public static Bytes of(String... records) {
    return ofStrings(Arrays.stream(records).map(List::of).toList());
  }

  /** Records of several strings each, whose UTF-8 is spelled octet by octet. */
  public static Bytes ofStrings(List<List<String>> records) {
    return Bytes.utf8(
        new Gson()
            .toJson(
                records.stream()
                    .map(strings -> strings.stream().map(Replies::octets).toList())
                    .toList()));
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
