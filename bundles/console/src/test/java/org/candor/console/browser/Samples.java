package org.candor.console.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** What a server with something to tell would answer. */
final class Samples {

  /** Such as {@code @-3h@}: three hours before now. */
  private static final Pattern MOMENT = Pattern.compile("@([+-]\\d+)([mhd])@");

  /** Of the last hour in {@link #history()}. */
  static final int TOTAL = 42;

  static final int UNHEALTHY = 2;
  static final int HOURS = 14 * 24;

  private Samples() {}

  static JsonObject read(String name) {
    try (InputStream in =
        Samples.class.getResourceAsStream("/org/candor/console/answers/" + name + ".json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      return JsonParser.parseString(
              MOMENT
                  .matcher(text)
                  .replaceAll(m -> now.plus(span(m.group(1), m.group(2))).toString()))
          .getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration span(String amount, String unit) {
    return Duration.parse(unit.equals("d") ? "P" + amount + "D" : "PT" + amount + unit);
  }

  /** Two weeks in which the number of unhealthy components rose once, and one day went badly. */
  static JsonObject history() {
    return history(HOURS);
  }

  static JsonObject history(int hours) {
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours - 1));
    JsonArray health = new JsonArray();
    JsonArray deliveries = new JsonArray();
    for (int i = 0; i < hours; i++, hour = hour.plus(Duration.ofHours(1))) {
      boolean last = i == hours - 1;
      boolean bad = i > 200 && i < 224;
      JsonObject point = new JsonObject();
      point.addProperty("hour", hour.toString());
      point.addProperty("total", TOTAL - (i < 90 ? 6 : 0));
      point.addProperty(
          "unhealthy", last ? UNHEALTHY : bad ? 9 - Math.abs(212 - i) / 2 : i % 31 / 28);
      health.add(point);
      deliveries.add(delivery(hour, "segment", bad ? 0 : 3, bad ? 4 : 0, i == 223 ? 4 : 0));
      if (i % 24 == 5) {
        deliveries.add(delivery(hour, "dns", 1, 0, 0));
      }
    }
    JsonObject json = new JsonObject();
    json.add("health", health);
    json.add("deliveries", deliveries);
    return json;
  }

  private static JsonObject delivery(
      Instant hour, String channel, int delivered, int failed, int lost) {
    JsonObject point = new JsonObject();
    point.addProperty("hour", hour.toString());
    point.addProperty("channel", channel);
    point.addProperty("delivered", delivered);
    point.addProperty("failed", failed);
    point.addProperty("lost", lost);
    return point;
  }
}
