package org.candor.core.consent;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.Labelled;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answerer;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.control.Way;

/**
 * JSON Lines codec: an answer book, one line (RFC 8259) for each denial, grant and so on. Fails
 * closed: a line that cannot be read may have been a denial: it forbids every purpose, until a
 * grant names that.
 */
final class AnswerCodec {

  private static final String KIND = "kind";
  private static final String DENIAL = "denial";
  private static final String GRANT = "grant";
  private static final String HEARD = "heard";
  private static final String DECISION = "decision";
  private static final String UNRECORDED = "unrecorded";

  private static final int ID_DIGITS = 16;

  private AnswerCodec() {}

  static String encode(AnswerBook book) {
    return Stream.of(
                book.denials().values().stream()
                    .sorted(Comparator.comparing(Denial::at).thenComparing(Denial::id))
                    .map(AnswerCodec::json),
                book.grants().values().stream()
                    .sorted(Comparator.comparing(Grant::at).thenComparing(Grant::id))
                    .map(AnswerCodec::json),
                book.remembered().values().stream()
                    .sorted(Comparator.comparing(RememberedDecision::key))
                    .map(AnswerCodec::json),
                book.decisions().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> json(entry.getKey(), entry.getValue())),
                book.unrecorded().stream().map(AnswerCodec::json))
            .flatMap(lines -> lines)
            .map(line -> line + "\n")
            .collect(Collectors.joining())
        + book.foreign().stream().sorted().map(l -> l + "\n").collect(Collectors.joining());
  }

  /**
   * @param damaged gets each line that cannot be read
   */
  static AnswerBook decode(String text, Consumer<String> damaged) {
    AnswerBook book = AnswerBook.EMPTY;
    for (String line : text.split("\\R")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        book = decode(book, line, damaged);
      }
    }
    return book;
  }

  private static AnswerBook decode(AnswerBook book, String line, Consumer<String> damaged) {
    try {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      return switch (text(json, KIND)) {
        case DENIAL -> book.merge(AnswerBook.EMPTY.withDenials(List.of(denial(json))));
        case GRANT -> book.withGrants(List.of(grant(json)));
        case HEARD -> book.withRemembered(List.of(heard(json)));
        case DECISION -> book.withChanges(Map.of(purpose(json), decision(json)), List.of());
        case UNRECORDED -> book.withChanges(Map.of(), List.of(change(json)));
        default -> foreign(book, line);
      };
    } catch (RuntimeException e) {
      damaged.accept(line);
      return book.merge(AnswerBook.EMPTY.withDenials(unknown(line)));
    }
  }

  private static AnswerBook foreign(AnswerBook book, String line) {
    Set<String> lines = new HashSet<>(book.foreign());
    lines.add(line);
    return new AnswerBook(
        book.denials(),
        book.grants(),
        book.remembered(),
        book.decisions(),
        book.unrecorded(),
        lines);
  }

  private static List<Denial> unknown(String line) {
    String digest = Bytes.copyOf(line.getBytes(StandardCharsets.UTF_8)).sha256();
    return Arrays.stream(Purpose.values())
        .map(
            purpose ->
                new Denial(
                    "damaged-" + digest.substring(0, ID_DIGITS) + "-" + purpose.label(),
                    Subject.of(purpose),
                    AnswersLayer.NAME,
                    Answerer.unknown(Way.FILE),
                    Instant.EPOCH,
                    "a damaged line of " + AnswerFile.NAME + " may have been a denial",
                    Optional.empty()))
        .toList();
  }

  private static JsonObject json(Denial denial) {
    JsonObject json = object(DENIAL, denial.id(), denial.subject(), denial.origin());
    add(json, denial.answerer(), denial.at());
    json.addProperty("why", denial.why());
    denial.vanished().ifPresent(since -> json.addProperty("vanished", since.toString()));
    return json;
  }

  private static Denial denial(JsonObject json) {
    return new Denial(
        text(json, "id"),
        new Subject(text(json, "subject")),
        text(json, "origin"),
        answerer(json),
        Instant.parse(text(json, "at")),
        text(json, "why"),
        Optional.ofNullable(json.get("vanished"))
            .map(JsonElement::getAsString)
            .map(Instant::parse));
  }

  private static JsonObject json(Grant grant) {
    JsonObject json = object(GRANT, grant.id(), grant.subject(), grant.origin());
    add(json, grant.answerer(), grant.at());
    JsonArray ids = new JsonArray();
    grant.takesBack().stream().sorted().forEach(ids::add);
    json.add("takesBack", ids);
    json.addProperty("waits", grant.waits());
    return json;
  }

  private static Grant grant(JsonObject json) {
    Set<String> takesBack = new HashSet<>();
    json.getAsJsonArray("takesBack").forEach(id -> takesBack.add(id.getAsString()));
    return new Grant(
        text(json, "id"),
        new Subject(text(json, "subject")),
        text(json, "origin"),
        answerer(json),
        Instant.parse(text(json, "at")),
        takesBack,
        json.get("waits").getAsBoolean());
  }

  private static JsonObject json(RememberedDecision heard) {
    JsonObject json = new JsonObject();
    json.addProperty(KIND, HEARD);
    json.addProperty("layer", heard.layer());
    json.addProperty("purpose", heard.purpose().label());
    json.addProperty("word", heard.verdict().answer().label());
    json.addProperty("why", heard.verdict().why());
    json.addProperty("target", heard.verdict().target());
    return json;
  }

  private static RememberedDecision heard(JsonObject json) {
    return new RememberedDecision(
        text(json, "layer"),
        purpose(json),
        new Verdict(
            labelled(LayerAnswer.values(), text(json, "word")),
            text(json, "why"),
            text(json, "target")));
  }

  private static JsonObject json(Purpose purpose, Decision decision) {
    JsonObject json = new JsonObject();
    json.addProperty(KIND, DECISION);
    json.addProperty("purpose", purpose.label());
    json.addProperty("state", decision.state().label());
    json.addProperty("decidedBy", decision.decidedBy());
    return json;
  }

  private static Decision decision(JsonObject json) {
    return new Decision(
        labelled(ConsentState.values(), text(json, "state")), text(json, "decidedBy"));
  }

  private static JsonObject json(ConsentChange change) {
    JsonObject json = new JsonObject();
    json.addProperty(KIND, UNRECORDED);
    json.addProperty("id", change.id());
    change.purpose().ifPresent(purpose -> json.addProperty("purpose", purpose.label()));
    change.channel().ifPresent(channel -> json.addProperty("channel", channel));
    json.addProperty("from", change.from().label());
    json.addProperty("to", change.to().label());
    add(json, new Answerer(change.way(), change.by(), change.address()), change.at());
    return json;
  }

  private static ConsentChange change(JsonObject json) {
    Answerer answerer = answerer(json);
    return new ConsentChange(
        text(json, "id"),
        Instant.parse(text(json, "at")),
        Optional.ofNullable(json.get("purpose")).map(JsonElement::getAsString).flatMap(Purpose::of),
        Optional.ofNullable(json.get("channel")).map(JsonElement::getAsString),
        labelled(ConsentState.values(), text(json, "from")),
        labelled(ConsentState.values(), text(json, "to")),
        answerer.way(),
        answerer.by(),
        answerer.address());
  }

  private static JsonObject object(String kind, String id, Subject subject, String origin) {
    JsonObject json = new JsonObject();
    json.addProperty(KIND, kind);
    json.addProperty("id", id);
    json.addProperty("subject", subject.text());
    json.addProperty("origin", origin);
    return json;
  }

  private static void add(JsonObject json, Answerer answerer, Instant at) {
    json.addProperty("way", answerer.way().label());
    json.addProperty("by", answerer.by());
    json.addProperty("address", answerer.address());
    json.addProperty("at", at.toString());
  }

  private static Answerer answerer(JsonObject json) {
    return new Answerer(new Way(text(json, "way")), text(json, "by"), text(json, "address"));
  }

  private static Purpose purpose(JsonObject json) {
    return Purpose.of(text(json, "purpose")).orElseThrow();
  }

  private static String text(JsonObject json, String key) {
    return Optional.ofNullable(json.get(key))
        .map(JsonElement::getAsString)
        .orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
  }

  private static <T extends Labelled> T labelled(T[] values, String label) {
    return Arrays.stream(values)
        .filter(value -> value.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(label));
  }
}
