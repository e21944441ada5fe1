package org.candor.api.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads one configuration file again and again, and keeps the last good value of each key when a
 * new one is refused. Safe for several threads.
 */
public final class Settings {

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  private final String file;
  private final Consumer<String> refuse;
  private final Map<String, Good> good = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();

  /**
   * @param file for the message, such as {@code etc/org.candor.http.cfg}
   * @param refuse gets one line for each refused value that was not refused the time before
   */
  public Settings(String file, Consumer<String> refuse) {
    this.file = file;
    this.refuse = refuse;
  }

  /** The file for messages. */
  public String file() {
    return file;
  }

  /**
   * Reads a key.
   *
   * @param setting which, and what is allowed
   * @param raw what the file says now; white space around it does not count
   * @return the value; when it is refused, the last good one; empty when there was none
   */
  public synchronized <T> Optional<T> read(Setting<T> setting, String raw) {
    String text = raw.strip();
    try {
      T value = setting.parser().apply(text);
      good.put(setting.key(), new Good(text, value));
      refused.remove(setting.key());
      return Optional.of(value);
    } catch (IllegalArgumentException e) {
      Good last = good.get(setting.key());
      if (!text.equals(refused.put(setting.key(), text))) {
        refuse.accept(message(setting, text, last));
      }
      if (last == null) {
        return Optional.empty();
      }
      @SuppressWarnings("unchecked")
      T value = (T) last.value;
      return Optional.of(value);
    }
  }

  private String message(Setting<?> setting, String text, Good last) {
    return file
        + ": "
        + setting.key()
        + " = "
        + shown(text)
        + " is refused; allowed is "
        + setting.allowed()
        + ". "
        + (last == null
            ? "There is no earlier value to keep."
            : "It stays " + (last.text.isEmpty() ? "empty" : shown(last.text)) + ".");
  }

  /** Nothing of a value may move a terminal's cursor or begin a line in the log. */
  private static String shown(String text) {
    return masked(CONTROL.matcher(text).replaceAll("?"));
  }

  /** A URL's user and password are nobody's business; a password may hold anything. */
  private static String masked(String text) {
    return text.replaceAll("^([a-zA-Z][\\w+.-]*:)?(//)?.*@", "$1$2***@");
  }

  private record Good(String text, Object value) {}
}
