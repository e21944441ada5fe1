package org.candor.rest.product;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.candor.rest.response.RefusedRequestException;

/** Duplicate-key check of one JSON object. For one thread. */
final class ReadKeys {

  private static final int LONGEST_SHOWN = 100;

  private final String where;
  private final Set<String> read = new HashSet<>();

  /**
   * @param where the object stands, for messages
   */
  ReadKeys(String where) {
    this.where = where;
  }

  /**
   * The next key.
   *
   * @throws RefusedRequestException when it was there before; which of the two holds is anybody's
   *     guess
   */
  String next(JsonReader reader) throws IOException, RefusedRequestException {
    String key = reader.nextName();
    if (!read.add(key)) {
      throw EventReader.bad(where + shown(key) + " is given twice");
    }
    return key;
  }

  private static String shown(String key) {
    return key.length() > LONGEST_SHOWN ? key.substring(0, LONGEST_SHOWN) + "…" : key;
  }
}
