package org.candor.receiver;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.candor.api.Bytes;

/**
 * {@code POST /v1/batch} as Segment's HTTP tracking API has it: a write key as the user of Basic
 * authentication, a JSON object with a {@code batch} of messages, perhaps compressed by gzip, of
 * limited size. The write key is not compared with anything.
 *
 * <p>What is in order is kept if the configured answer says that it was taken; what is not is
 * refused whatever the configuration says.
 */
final class SegmentEndpoint implements ReceiverEndpoint {

  /** Segment's limits, where KB are 1024 bytes as in its own libraries. */
  static final int MOST_BYTES = 500 * 1024;

  private final BodyReader bodies = new BodyReader(MOST_BYTES);
  private final Inbox inbox;
  private final Supplier<ConfiguredBehaviour> behaviour;

  SegmentEndpoint(Inbox inbox, Supplier<ConfiguredBehaviour> behaviour) {
    this.inbox = inbox;
    this.behaviour = behaviour;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/v1/batch");
  }

  @Override
  public EndpointResponse answer(Request request)
      throws RejectedRequestException, IOException, InterruptedException {
    requireWriteKey(request);
    Bytes body = bodies.read(request);
    List<String> ids = SegmentBatch.read(body).messageIds();
    ConfiguredBehaviour now = behaviour.get();
    if (now.takes()) {
      inbox.add("segment", body, ids);
    }
    return now.answer(success(now));
  }

  private static void requireWriteKey(Request request) throws RejectedRequestException {
    Optional<String> user =
        request
            .header("Authorization")
            .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
            .map(value -> decoded(value.substring(6).strip()))
            .map(credentials -> credentials.replaceFirst(":.*", ""));
    if (user.filter(key -> !key.isBlank()).isEmpty()) {
      throw new RejectedRequestException(
          401, "There is no write key: send it as the user of Basic authentication.");
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static JsonObject success(ConfiguredBehaviour now) {
    JsonObject json = new JsonObject();
    json.addProperty("success", now.takes());
    if (!now.takes()) {
      json.addProperty("message", now.refusal());
    }
    return json;
  }
}
