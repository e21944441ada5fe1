package org.candor.rest.product;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.settings.Setting;

/** The keys of a product's configuration and what is allowed for them. */
final class ProductKeys {

  private static final Pattern KEY_TEXT = Pattern.compile("[A-Za-z0-9_-]{8,200}");
  private static final Pattern ORIGIN =
      Pattern.compile("(https?)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[1-9]\\d{0,4})?");

  static final Setting<String> KEY =
      new Setting<>(
          "key", "8 to 200 letters, digits, hyphens and underscores", text -> match(text));
  static final Setting<Set<String>> ORIGINS =
      new Setting<>(
          "origins",
          "one or more of http://host, https://host, each with or without a port, separated by"
              + " commas",
          text -> list(text).map(ProductKeys::origin).collect(Collectors.toUnmodifiableSet()));
  static final Setting<List<String>> ROUTES =
      new Setting<>(
          "routes",
          "paths of words and parameters in brackets, such as /services/[id], of 200 characters"
              + " each at most, separated by commas",
          text -> text.isEmpty() ? List.of() : list(text).map(ProductKeys::route).toList());
  static final Setting<Long> PER_MINUTE = Setting.count("perMinute", 1, 1_000_000_000);
  static final Setting<Long> EVENTS_PER_SECOND = Setting.count("eventsPerSecond", 1, 1_000_000_000);
  static final Setting<Boolean> ENABLED = Setting.flag("enabled");

  private ProductKeys() {}

  private static Stream<String> list(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip);
  }

  private static String match(String text) {
    if (!KEY_TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  /** As browsers write it: in lower case and without the port that goes without saying. */
  private static String origin(String text) {
    Matcher origin = ORIGIN.matcher(text.toLowerCase(Locale.ROOT));
    if (!origin.matches()) {
      throw new IllegalArgumentException(text);
    }
    String usual = origin.group(1).equals("http") ? ":80" : ":443";
    return usual.equals(origin.group(3))
        ? origin.group(1) + "://" + origin.group(2)
        : origin.group();
  }

  private static String route(String text) {
    if (!RoutePaths.isTemplate(text)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
