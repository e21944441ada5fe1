package org.candor.receiver;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.candor.api.Bytes;

/**
 * What the body of {@code /v1/batch} holds.
 *
 * @param messageIds of the messages that have one, in their order
 */
record SegmentBatch(List<String> messageIds) {

  /** Size of a message as compact JSON. */
  static final int MOST_BYTES_A_MESSAGE = 32 * 1024;

  private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);

  SegmentBatch {
    messageIds = List.copyOf(messageIds);
  }

  /**
   * @throws Refusal when it is not UTF-8, not JSON by the letter, has no batch of messages, or a
   *     message is too large
   */
  static SegmentBatch read(Bytes body) throws Refusal {
    List<String> ids = new ArrayList<>();
    int number = 0;
    for (JsonElement message : batch(json(text(body)))) {
      number++;
      if (!message.isJsonObject()) {
        throw new Refusal(400, "Message " + number + " of the batch is no object.");
      }
      if (Bytes.utf8(message.toString()).size() > MOST_BYTES_A_MESSAGE) {
        throw new Refusal(
            400,
            "Message " + number + " has more than " + MOST_BYTES_A_MESSAGE + " bytes (32 KB).");
      }
      JsonElement id = message.getAsJsonObject().get("messageId");
      if (id != null && id.isJsonPrimitive()) {
        ids.add(id.getAsString());
      }
    }
    return new SegmentBatch(ids);
  }

  private static String text(Bytes body) throws Refusal {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.toArray())).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "The body is not UTF-8.");
    }
  }

  private static JsonElement json(String text) throws Refusal {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement json = JSON.read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new Refusal(400, "The body is more than one JSON document.");
      }
      return json;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new Refusal(400, "The body is not JSON: " + e.getMessage());
    }
  }

  private static JsonArray batch(JsonElement json) throws Refusal {
    if (json instanceof JsonObject object && object.get("batch") instanceof JsonArray batch) {
      return batch;
    }
    throw new Refusal(400, "The body has no array batch.");
  }
}
