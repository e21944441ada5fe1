package org.candor.receiver;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.candor.api.Bytes;

/**
 * {@code POST /api/PROJECT/envelope/} as Sentry has it: a key in {@code X-Sentry-Auth}, an
 * envelope, perhaps compressed by gzip, of limited size. The key and the project are not compared
 * with anything.
 *
 * <p>What is in order is kept if the configured answer says that it was taken; what is not is
 * refused whatever the configuration says.
 */
final class SentryEndpoint implements ReceiverEndpoint {

  /** Enough for an event, its headers, and an item or two besides. */
  static final int MOST_BYTES = 4 << 20;

  private static final Pattern PATH = Pattern.compile("/api/[^/]+/envelope/");
  private static final String SCHEME = "sentry ";

  private final BodyReader bodies = new BodyReader(MOST_BYTES);
  private final Inbox inbox;
  private final Supplier<ConfiguredBehaviour> behaviour;

  SentryEndpoint(Inbox inbox, Supplier<ConfiguredBehaviour> behaviour) {
    this.inbox = inbox;
    this.behaviour = behaviour;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public boolean serves(String path) {
    return PATH.matcher(path).matches();
  }

  @Override
  public EndpointResponse answer(Request request)
      throws RejectedRequestException, IOException, InterruptedException {
    requireKey(request);
    Bytes body = bodies.read(request);
    String id = SentryEnvelope.read(body).eventId();
    ConfiguredBehaviour now = behaviour.get();
    if (now.takes()) {
      inbox.add("sentry", body, List.of(id));
    }
    return now.answer(json(now, id));
  }

  private static void requireKey(Request request) throws RejectedRequestException {
    String auth = request.header("X-Sentry-Auth").orElse("");
    if (!auth.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw new RejectedRequestException(
          403, "There is no header X-Sentry-Auth that begins with Sentry.");
    }
    List<String> pairs =
        Arrays.stream(auth.substring(SCHEME.length()).split(",")).map(String::strip).toList();
    if (!pairs.contains("sentry_version=7")) {
      throw new RejectedRequestException(403, "X-Sentry-Auth does not say sentry_version=7.");
    }
    if (pairs.stream().noneMatch(pair -> pair.matches("sentry_key=[^\\s=]+"))) {
      throw new RejectedRequestException(403, "X-Sentry-Auth has no sentry_key.");
    }
  }

  private static JsonObject json(ConfiguredBehaviour now, String id) {
    JsonObject json = new JsonObject();
    if (now.takes()) {
      json.addProperty("id", id);
    } else {
      json.addProperty("message", now.refusal());
    }
    return json;
  }
}
