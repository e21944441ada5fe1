package org.candor.rest.product;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.candor.api.web.WebEventAction;
import org.candor.http.json.Json;
import org.candor.rest.response.RefusedRequestException;

/** Builder of one web event while it is being read. For one thread. */
final class EventParts {

  private static final int LONGEST = 200;
  private static final int UUID_LENGTH = 36;
  // A URL may be that long; of its path, 200 characters are kept at most.
  private static final int LONGEST_PATH = 8000;
  // Any other text might tell of a person, and a version leaves as it is.
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z._+-]{0,64}");
  private static final Duration OFF = Duration.ofDays(1);

  private final String where;
  private final Instant now;
  private String id = "";
  private Optional<WebEventAction> action = Optional.empty();
  private Instant at;
  private String user = "";
  private String visitor = "";
  private String path = "";
  private String version = "";

  /**
   * @param where it stands, for messages
   */
  EventParts(String where, Instant now) {
    this.where = where;
    this.now = now;
    this.at = now;
  }

  /** Reads the value of a key. */
  void read(String key, Json json) throws IOException, RefusedRequestException {
    switch (key) {
      case "type" -> action = Optional.of(action(text(json, where + key)));
      case "id" -> id = uuid(text(json, where + key), where + key);
      case "at" -> at = at(text(json, where + key));
      case "user" -> user = text(json, where + key);
      case "visitor" -> visitor = visitor(text(json, where + key));
      case "version" -> version = version(text(json, where + key));
      case "path" -> path = text(json, where + key, LONGEST_PATH);
      default -> json.skip();
    }
  }

  /** The event; an id is made for one that came without. */
  SentEvent event() throws RefusedRequestException {
    WebEventAction what =
        action.orElseThrow(
            () -> EventReader.bad(where + "type is missing; allowed is login, logout or page"));
    if (what == WebEventAction.LOGIN && user.isEmpty()) {
      throw EventReader.bad(where + "user is missing; a login needs one");
    }
    return new SentEvent(
        id.isEmpty() ? UUID.randomUUID().toString() : id, what, at, user, visitor, path, version);
  }

  /** A text that is not too long; empty for null. */
  static String text(Json json, String where) throws IOException, RefusedRequestException {
    return text(json, where, LONGEST);
  }

  private static String text(Json json, String where, int longest)
      throws IOException, RefusedRequestException {
    if (json.isNull()) {
      return "";
    }
    String text = json.textOrElse("\0");
    if (text.length() > longest || !isPlain(text)) {
      throw EventReader.bad(
          where
              + " is refused; allowed is a text of at most "
              + longest
              + " characters without control characters");
    }
    return text;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private WebEventAction action(String label) throws RefusedRequestException {
    return WebEventAction.of(label)
        .orElseThrow(
            () ->
                EventReader.bad(
                    where + "type = " + label + " is refused; allowed is login, logout or page"));
  }

  // Not refused: a page would lose all events that it sends together with this one.
  private static String version(String text) {
    return VERSION.matcher(text).matches() ? text : "";
  }

  // As a version: an e-mail address would leave as it is.
  private static String visitor(String text) {
    return isUuid(text) ? text : "";
  }

  private static String uuid(String text, String where) throws RefusedRequestException {
    if (!text.isEmpty() && !isUuid(text)) {
      throw EventReader.bad(where + " is refused; allowed is a UUID");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isUuid(String text) {
    boolean right = text.length() == UUID_LENGTH;
    for (int i = 0; right && i < UUID_LENGTH; i++) {
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      right = hyphen ? text.charAt(i) == '-' : HexFormat.isHexDigit(text.charAt(i));
    }
    return right;
  }

  // A browser's clock may be far off; then the event counts as of now.
  private Instant at(String text) throws RefusedRequestException {
    if (text.isEmpty()) {
      return now;
    }
    try {
      Instant told = InstantParser.of(text);
      return Duration.between(told, now).abs().compareTo(OFF) > 0 ? now : told;
    } catch (DateTimeException | ArithmeticException e) {
      throw EventReader.bad(
          where + "at is refused; allowed is a moment as in ISO 8601, with Z or an offset");
    }
  }
}
