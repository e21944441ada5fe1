package org.candor.format.dns.answer;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.candor.api.Bytes;
import org.candor.api.upgrade.RefusedAnswerException;

/**
 * The reply of {@code sink-dns}: a JSON array with an array for each TXT record, which holds the
 * record's strings; each character is an octet.
 */
final class TxtRecords {

  // The largest DNS message, each octet of it spelled as six characters, and some air.
  private static final int LARGEST = 512 * 1024;

  private TxtRecords() {}

  /** The records, each with its strings put together. */
  static List<String> read(Bytes reply) throws RefusedAnswerException {
    if (reply.size() > LARGEST) {
      throw new RefusedAnswerException("The answer is larger than any DNS message.");
    }
    try (JsonReader json = new JsonReader(new StringReader(reply.utf8()))) {
      json.setStrictness(Strictness.STRICT);
      return records(json);
    } catch (IOException | IllegalStateException e) {
      throw new RefusedAnswerException("The answer is not a list of TXT records.");
    }
  }

  private static List<String> records(JsonReader json) throws IOException {
    List<String> records = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      records.add(record(json));
    }
    json.endArray();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw new IllegalStateException("more than one document");
    }
    return records;
  }

  private static String record(JsonReader json) throws IOException {
    StringBuilder strings = new StringBuilder();
    json.beginArray();
    while (json.hasNext()) {
      strings.append(json.nextString());
    }
    json.endArray();
    return strings.toString();
  }
}
