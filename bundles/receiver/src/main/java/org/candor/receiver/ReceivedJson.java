package org.candor.receiver;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The JSON document of {@code GET /received} and {@code telemetry:received --json}: an array of
 * objects with {@code channel}, {@code receivedAt} (ISO 8601, UTC), {@code bytes} (the body's size
 * before compression), {@code body} (its text, byte for byte as it was sent) and {@code duplicates}
 * (how many of its messages had been received before).
 */
public final class ReceivedJson {

  private ReceivedJson() {}

  /** Writes the document and flushes; does not close. */
  public static void write(List<ReceivedMessage> entries, Writer out) throws IOException {
    @SuppressWarnings("resource") // closing is the caller's
    JsonWriter json = new JsonWriter(out);
    json.beginArray();
    for (ReceivedMessage entry : entries) {
      json.beginObject();
      json.name("channel").value(entry.channel());
      json.name("receivedAt").value(entry.receivedAt().toString());
      json.name("bytes").value(entry.body().size());
      json.name("duplicates").value(entry.duplicates());
      json.name("body").value(entry.body().utf8());
      json.endObject();
    }
    json.endArray();
    json.flush();
  }
}
