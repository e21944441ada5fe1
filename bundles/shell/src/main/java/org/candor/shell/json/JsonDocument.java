package org.candor.shell.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.candor.api.Labelled;

/**
 * A value as one line of JSON (RFC 8259). The components of a record are the keys; what is {@link
 * Labelled} shows as its label, a moment and a duration as ISO 8601, an empty optional as null.
 *
 * @param value a record of records, lists and maps
 */
public record JsonDocument(Object value) {

  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .registerTypeHierarchyAdapter(
              Labelled.class,
              (JsonSerializer<Labelled>)
                  (labelled, type, context) -> new JsonPrimitive(labelled.label()))
          .registerTypeAdapter(
              Instant.class,
              (JsonSerializer<Instant>)
                  (instant, type, context) -> new JsonPrimitive(instant.toString()))
          .registerTypeAdapter(
              Duration.class,
              (JsonSerializer<Duration>)
                  (duration, type, context) -> new JsonPrimitive(duration.toString()))
          .registerTypeAdapter(
              Optional.class,
              (JsonSerializer<Optional<?>>)
                  (optional, type, context) -> context.serialize(optional.orElse(null)))
          .create();

  /** Prints the document and a line feed, in UTF-8 whatever the session's encoding is. */
  public void print(PrintStream out) {
    out.writeBytes((this + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public String toString() {
    return GSON.toJson(value);
  }
}
