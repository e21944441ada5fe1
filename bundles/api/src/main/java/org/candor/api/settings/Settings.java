package org.candor.api.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads one configuration file again and again, and keeps the last good value of each key when a
 * new one is refused. Safe for several threads.
 */
public final class Settings implements ConfigurationProblems {

  private final String file;
  private final Consumer<String> refuse;
  private final Map<String, Good> good = new HashMap<>();
  private final Map<String, Refused> refused = new TreeMap<>();

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
      refused.computeIfPresent(
          setting.key(),
          (key, before) -> before.useless && before.text.equals(text) ? before : null);
      return Optional.of(value);
    } catch (IllegalArgumentException e) {
      Good last = good.get(setting.key());
      refuse(setting.key(), text, setting.allowed(), last);
      if (last == null) {
        return Optional.empty();
      }
      @SuppressWarnings("unchecked")
      T value = (T) last.value;
      return Optional.of(value);
    }
  }

  /**
   * Refuses a value that could be read, but turned out to be of no use, until it is {@linkplain
   * #accept accepted} or another is read.
   *
   * @param value shown unless the key was read
   * @param allowed completes the sentence "allowed is …"
   * @param instead a sentence that says what is used instead
   */
  public synchronized void refuse(String key, String value, String allowed, String instead) {
    String text = good.containsKey(key) ? good.get(key).text : value;
    note(key, new Refused(text, sentences(allowed, instead), true), instead, allowed);
  }

  /**
   * Takes back that a key's value is refused: it is of use now, or the key is not read any more.
   */
  public synchronized void accept(String key) {
    refused.remove(key);
  }

  @Override
  public synchronized List<ConfigurationProblem> problems() {
    return refused.entrySet().stream()
        .map(
            entry ->
                ConfigurationProblem.of(
                    file, entry.getKey(), entry.getValue().text, entry.getValue().message))
        .toList();
  }

  private void refuse(String key, String text, String allowed, Good last) {
    String instead = last == null ? "There is no earlier value to keep." : stays(last.text);
    String shown =
        last != null && ConfigurationProblem.isSecret(key) ? "The earlier value stays." : instead;
    note(key, new Refused(text, sentences(allowed, shown), false), instead, allowed);
  }

  private void note(String key, Refused now, String instead, String allowed) {
    Refused before = refused.put(key, now);
    if (before == null || !before.text.equals(now.text)) {
      refuse.accept(
          "%s: %s = %s is refused; %s"
              .formatted(file, key, Shown.of(now.text), sentences(allowed, instead)));
    }
  }

  private static String sentences(String allowed, String instead) {
    return "allowed is " + allowed + ". " + instead;
  }

  private static String stays(String text) {
    return "It stays " + (text.isEmpty() ? "empty" : Shown.of(text)) + ".";
  }

  /**
   * @param useless whether it could be read
   */
  private record Refused(String text, String message, boolean useless) {}

  private record Good(String text, Object value) {}
}
