package org.candor.receiver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
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

  SegmentBatch {
    messageIds = List.copyOf(messageIds);
  }

  /**
   * @throws RejectedRequestException when it is not UTF-8, not JSON by the letter, has no batch of
   *     messages, or a message is too large
   */
  static SegmentBatch read(Bytes body) throws RejectedRequestException {
    List<String> ids = new ArrayList<>();
    int number = 0;
    for (JsonElement message :
        batch(new JsonPart("The body").read(ByteBuffer.wrap(body.toArray())))) {
      number++;
      if (!message.isJsonObject()) {
        throw new RejectedRequestException(
            400, "Message " + number + " of the batch is not an object.");
      }
      if (Bytes.utf8(message.toString()).size() > MOST_BYTES_A_MESSAGE) {
        throw new RejectedRequestException(
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

  private static JsonArray batch(JsonObject body) throws RejectedRequestException {
    if (body.get("batch") instanceof JsonArray batch) {
      return batch;
    }
    throw new RejectedRequestException(400, "The body has no array batch.");
  }
}
