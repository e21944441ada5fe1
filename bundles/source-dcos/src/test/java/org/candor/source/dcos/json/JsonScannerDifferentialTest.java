package org.candor.source.dcos.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random documents, whole and damaged, read by the scanner and by Gson's strict reader. */
class JsonScannerDifferentialTest {

  private static final int DOCUMENTS = 20_000;
  private static final long SEED = 20_261_121L;
  // RFC 8259 allows it, Gson does not.
  private static final Pattern UNPAIRED_SURROGATE = Pattern.compile("(?i)ud[89a-f]");
  private static final String BEYOND = String.valueOf(Double.POSITIVE_INFINITY);
  private static final String DAMAGE =
      "{}[],:\"\\/ \n\t\u0001truefalsnd0123456789.-+eEu\u00e4\u20ac'#;";

  private final Random random = new Random(SEED);

  @Test
  void bothAcceptTheSameDocumentsAndReadTheSameFromThem() throws IOException {
    int accepted = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String document = encodable(random.nextInt(4) == 0 ? value(0) : damaged(value(0)));
      if (UNPAIRED_SURROGATE.matcher(document).find()) {
        continue;
      }
      List<Event> events = gson(document);
      assertThat(skips(document)).as("document %s", document).isEqualTo(!events.isEmpty());
      if (!events.isEmpty()) {
        accepted++;
        assertThat(replay(events, scanner(document))).as("document %s", document).isEqualTo(events);
      }
    }
    assertThat(accepted).isBetween(DOCUMENTS / 4, DOCUMENTS * 3 / 4);
  }

  private static boolean skips(String document) {
    try {
      JsonScanner json = scanner(document);
      json.skipValue();
      json.end();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static JsonScanner scanner(String document) throws IOException {
    return new JsonScanner(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
  }

  /** Asks the scanner for the given kinds of things, and returns what it gave. */
  private static List<Event> replay(List<Event> events, JsonScanner json) throws IOException {
    List<Event> seen = new ArrayList<>();
    Deque<JsonToken> inside = new ArrayDeque<>();
    for (Event event : events) {
      boolean ends = event.kind == JsonToken.END_OBJECT || event.kind == JsonToken.END_ARRAY;
      if (event.kind == JsonToken.NAME || ends || inside.peek() == JsonToken.BEGIN_ARRAY) {
        assertThat(json.hasNext()).isEqualTo(!ends);
      }
      seen.add(new Event(event.kind, replay(event, json)));
      if (ends) {
        inside.pop();
      } else if (event.kind == JsonToken.BEGIN_OBJECT || event.kind == JsonToken.BEGIN_ARRAY) {
        inside.push(event.kind);
      }
    }
    json.end();
    return seen;
  }

  private static String replay(Event event, JsonScanner json) throws IOException {
    if (event.text.endsWith(BEYOND)) {
      json.skipValue();
      return event.text;
    }
    return switch (event.kind) {
      case BEGIN_OBJECT -> String.valueOf(json.beginObject());
      case BEGIN_ARRAY -> String.valueOf(json.beginArray());
      case NAME -> json.name();
      case STRING -> json.text().orElseThrow();
      case NUMBER -> String.valueOf(json.number().orElseThrow());
      case BOOLEAN, NULL -> {
        json.skipValue();
        yield "";
      }
      default -> "";
    };
  }

  /** What Gson reads; nothing when it refuses the document. */
  private static List<Event> gson(String document) {
    try (JsonReader json = new JsonReader(new StringReader(document))) {
      json.setStrictness(Strictness.STRICT);
      List<Event> events = new ArrayList<>();
      for (JsonToken kind = json.peek(); kind != JsonToken.END_DOCUMENT; kind = json.peek()) {
        events.add(new Event(kind, gson(kind, json)));
      }
      return events;
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String gson(JsonToken kind, JsonReader json) throws IOException {
    switch (kind) {
      case BEGIN_OBJECT -> json.beginObject();
      case END_OBJECT -> json.endObject();
      case BEGIN_ARRAY -> json.beginArray();
      case END_ARRAY -> json.endArray();
      case NAME -> {
        return json.nextName();
      }
      case STRING -> {
        return json.nextString();
      }
      case NUMBER -> {
        return String.valueOf(Double.parseDouble(json.nextString()));
      }
      default -> json.skipValue();
    }
    return kind == JsonToken.BEGIN_OBJECT || kind == JsonToken.BEGIN_ARRAY ? "true" : "";
  }

  /** Damage can tear a pair of surrogates apart, which has no form in UTF-8. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private String damaged(String document) {
    StringBuilder text = new StringBuilder(document);
    for (int i = random.nextInt(2); i >= 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      char other = DAMAGE.charAt(random.nextInt(DAMAGE.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, other);
        case 2 -> text.setCharAt(at, other);
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private String value(int depth) {
    return space()
        + switch (random.nextInt(depth > 3 ? 4 : 6)) {
          case 0 -> string();
          case 1 -> number();
          case 2 -> List.of("true", "false", "null").get(random.nextInt(3));
          case 3 -> "\"\"";
          case 4 -> "[" + elements(depth, "") + "]";
          default -> "{" + elements(depth, ":") + "}";
        }
        + space();
  }

  private String elements(int depth, String colon) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(colon.isEmpty() ? value(depth + 1) : member(depth));
    }
    return elements.isEmpty() ? space() : String.join(",", elements);
  }

  private String member(int depth) {
    return space() + string() + space() + ":" + value(depth + 1);
  }

  private String string() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(
          switch (random.nextInt(8)) {
            case 0 -> "\\" + "\"\\/bfnrt".charAt(random.nextInt(8));
            case 1 -> String.format("\\u%04x", 0x20 + random.nextInt(0xd000));
            case 2 -> "\u00e4\u20ac\ud83d\ude00";
            default -> String.valueOf((char) ('a' + random.nextInt(26)));
          });
    }
    return text.append('"').toString();
  }

  private String number() {
    return (random.nextBoolean() ? "-" : "")
        + (random.nextBoolean() ? "0" : String.valueOf(1 + random.nextInt(1_000_000)))
        + (random.nextBoolean() ? "" : "." + random.nextInt(1000))
        + (random.nextInt(3) > 0
            ? ""
            : List.of("e", "E+", "e-").get(random.nextInt(3)) + random.nextInt(30));
  }

  private String space() {
    return random.nextInt(4) > 0 ? "" : List.of(" ", "\n", "\t", "\r\n").get(random.nextInt(4));
  }

  private record Event(JsonToken kind, String text) {}
}
