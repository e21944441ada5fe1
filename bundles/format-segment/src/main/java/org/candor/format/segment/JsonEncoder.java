package org.candor.format.segment;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.candor.api.fact.Value;
import org.candor.api.text.PlainText;

/** JSON encoder: values as Segment takes them; no character of them hides in a terminal. */
final class JsonEncoder {

  private static final int MOST_DIGITS = 17;

  private JsonEncoder() {}

  /** Writes to a {@link JsonWriter}. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonWriter writer) throws IOException;
  }

  static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      content.writeTo(writer);
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes every character", e);
    }
    return PlainText.escaped(text.toString());
  }

  static String text(String text) {
    return isPlain(text) ? "\"" + text + "\"" : of(writer -> writer.value(text));
  }

  /** Whether all characters stand in JSON as they are, one byte each. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next < ' ' || next > '~' || next == '"' || next == '\\') {
        return false;
      }
    }
    return true;
  }

  static int size(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The number as Go's {@code encoding/json} writes it; empty for what JSON has no number for. */
  static Optional<String> number(Value value) {
    if (value instanceof Value.Count count) {
      return Optional.of(Long.toString(count.count()));
    }
    if (value instanceof Value.Measure measure && Double.isFinite(measure.measure())) {
      return Optional.of(number(measure.measure()));
    }
    return Optional.empty();
  }

  // Go writes a float64 with the fewest digits that read back as the same number, in plain notation
  // from 1e-6 up to 1e21, and with the shortest exponent outside (encoding/json, floatEncoder).
  private static String number(double number) {
    BigDecimal shortest = shortest(number);
    double magnitude = Math.abs(number);
    if (magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e21)) {
      return shortest.toPlainString();
    }
    StringBuilder digits = new StringBuilder(shortest.unscaledValue().abs().toString());
    int exponent = digits.length() - 1 - shortest.scale();
    if (digits.length() > 1) {
      digits.insert(1, '.');
    }
    return (number < 0 ? "-" : "") + digits + (exponent < 0 ? "e" : "e+") + exponent;
  }

  // Not Double.toString, which writes more digits than needed before JDK 19 (JDK-4511638). The
  // nearest decimal comes first; numbers lie closer together below a power of two than above it, so
  // that there the next decimal up may read back as the same number when the nearest does not.
  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
        BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (rounded.doubleValue() == number) {
          return rounded.stripTrailingZeros();
        }
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }
}
