package org.candor.api.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of a configuration file and what is allowed for it.
 *
 * @param key as it stands in the file
 * @param allowed completes the sentence "allowed is …"
 * @param parser gives the value; throws {@link IllegalArgumentException} for what is not allowed
 * @param <T> the value's type
 */
public record Setting<T>(String key, String allowed, Function<String, T> parser) {

  private static final int LAST_PORT = 65_535;
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([a-z]*)");

  /** {@code true} or {@code false}, in any case. */
  public static Setting<Boolean> flag(String key) {
    return oneOf(key, Map.of("true", true, "false", false));
  }

  /** One of the given words, in any case. */
  public static <T> Setting<T> oneOf(String key, Map<String, T> words) {
    return new Setting<>(
        key,
        String.join(" or ", new TreeMap<>(words).keySet()),
        text -> {
          T value = words.get(text.toLowerCase(java.util.Locale.ROOT));
          if (value == null) {
            throw new IllegalArgumentException(text);
          }
          return value;
        });
  }

  /** Any text. */
  public static Setting<String> text(String key) {
    return new Setting<>(key, "any text", Function.identity());
  }

  /** A number with the unit {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}, or 0. */
  public static Setting<Duration> duration(String key, Duration least, Duration most) {
    return new Setting<>(
        key,
        "a number with ms, s, m, h or d, from " + format(least) + " to " + format(most),
        text -> within(parseDuration(text), least, most));
  }

  /** A number of bytes, with {@code k}, {@code m} or {@code g} for powers of 1024. */
  public static Setting<Long> bytes(String key, long least) {
    return new Setting<>(
        key,
        "a number of bytes, with k, m or g, of " + least + " at least",
        text -> {
          Matcher amount = amount(text);
          long factor =
              switch (amount.group(2)) {
                case "", "b" -> 1L;
                case "k", "kb" -> 1L << 10;
                case "m", "mb" -> 1L << 20;
                case "g", "gb" -> 1L << 30;
                default -> throw new IllegalArgumentException(text);
              };
          return within(exact(Long.parseLong(amount.group(1)), factor), least, Long.MAX_VALUE);
        });
  }

  /** A whole number. */
  public static Setting<Long> count(String key, long least, long most) {
    return new Setting<>(
        key,
        "a whole number from " + least + " to " + most,
        text -> within(Long.parseLong(text), least, most));
  }

  /**
   * An absolute URI of one of the given schemes, with a host and without user information; its port
   * is one that exists, or none.
   */
  public static Setting<URI> uri(String key, String... schemes) {
    return new Setting<>(
        key,
        "a URL that begins with "
            + String.join(" or ", Arrays.stream(schemes).map(scheme -> scheme + "://").toList())
            + " and has a host, a port from 1 to "
            + LAST_PORT
            + " if any, and no user",
        text -> {
          try {
            URI uri = new URI(text);
            if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getPort() == 0
                || uri.getPort() > LAST_PORT
                || !Arrays.asList(schemes).contains(uri.getScheme())) {
              throw new IllegalArgumentException(text);
            }
            return uri;
          } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text, e);
          }
        });
  }

  private static Duration parseDuration(String text) {
    Matcher amount = amount(text);
    long number = Long.parseLong(amount.group(1));
    return switch (amount.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m", "min" -> Duration.ofSeconds(exact(number, 60));
      case "h" -> Duration.ofSeconds(exact(number, 3600));
      case "d" -> Duration.ofSeconds(exact(number, 86_400));
      case "" -> {
        if (number != 0) {
          throw new IllegalArgumentException(text);
        }
        yield Duration.ZERO;
      }
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Matcher amount(String text) {
    Matcher matcher = AMOUNT.matcher(text.toLowerCase(java.util.Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    return matcher;
  }

  private static long exact(long number, long factor) {
    try {
      return Math.multiplyExact(number, factor);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static <T extends Comparable<T>> T within(T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(value.toString());
    }
    return value;
  }

  private static String format(Duration time) {
    if (time.toDays() > 0 && time.equals(Duration.ofDays(time.toDays()))) {
      return time.toDays() + "d";
    }
    if (time.toHours() > 0 && time.equals(Duration.ofHours(time.toHours()))) {
      return time.toHours() + "h";
    }
    if (time.toMinutes() > 0 && time.equals(Duration.ofMinutes(time.toMinutes()))) {
      return time.toMinutes() + "m";
    }
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }
}
