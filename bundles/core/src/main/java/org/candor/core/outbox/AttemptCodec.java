package org.candor.core.outbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.candor.core.journal.RecordCodec;

/** The form of an attempt on disk: one JSON object. */
final class AttemptCodec {

  private AttemptCodec() {}

  static String encode(Attempt attempt) {
    JsonObject json = new JsonObject();
    JsonArray numbers = new JsonArray();
    attempt.numbers().forEach(numbers::add);
    json.add("numbers", numbers);
    json.addProperty("record", RecordCodec.encode(attempt.record()));
    return json.toString();
  }

  static Attempt decode(String text) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    List<Long> numbers = new ArrayList<>();
    json.getAsJsonArray("numbers").forEach(number -> numbers.add(number.getAsLong()));
    return new Attempt(RecordCodec.decode(json.get("record").getAsString()), numbers);
  }
}
