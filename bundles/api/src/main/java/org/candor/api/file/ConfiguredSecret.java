package org.candor.api.file;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;

/**
 * Secret reference: a secret that stands in a configuration file under a key, or in a file that the
 * same key with {@code File} behind it names. A file is followed, and what it holds counts at once;
 * while it holds nothing of use, there is no secret. Both keys at once are a mistake.
 *
 * <p>Safe for several threads.
 *
 * @param <T> the type of what the secret says
 */
public final class ConfiguredSecret<T> implements AutoCloseable {

  private static final String FILE = "File";

  private final Settings settings;
  private final Kind<T> kind;
  private final String fileKey;
  private Optional<SecretWatch> watch = Optional.empty();
  private Reading<T> reading;
  private boolean refused;

  /**
   * What is expected.
   *
   * @param key in the configuration file
   * @param allowed completes the sentence "allowed is …"
   * @param parser gives what a secret says, and throws {@link IllegalArgumentException} for what is
   *     none
   * @param shown as much of the key's value as messages may show
   * @param <T> what a secret says
   */
  public record Kind<T>(
      String key, String allowed, Function<String, T> parser, UnaryOperator<String> shown) {}

  /**
   * What counts now.
   *
   * @param value empty when there is none
   * @param advice what to do then, in a sentence that names file and key
   * @param <T> what a secret says
   */
  public record Reading<T>(Optional<T> value, String advice) {

    /** Without the secret. */
    @Override
    public String toString() {
      return value.isPresent() ? "***" : advice;
    }
  }

  /**
   * @param settings of the configuration file; they list what is wrong
   */
  public ConfiguredSecret(Settings settings, Kind<T> kind) {
    this.settings = settings;
    this.kind = kind;
    this.fileKey = kind.key() + FILE;
    this.reading = missing();
  }

  /**
   * Takes what the configuration file says now; opens no file. Not for two threads at once.
   *
   * @param value of the key
   * @param path of the key for the file
   */
  public void configure(String value, String path) {
    String secret = value.strip();
    Optional<T> own = own(secret);
    Optional<SecretFile> file = file(path.strip());
    if (secret.isEmpty() && file.isPresent()) {
      follow(file.get());
      return;
    }
    close();
    if (file.isPresent()) {
      refuse(file.get(), "nothing while " + kind.key() + " is set");
      set(none("Leave %s or %s empty in %s: both are set.".formatted(kind.key(), fileKey, from())));
    } else {
      accept();
      set(own.map(now -> new Reading<>(own, "")).orElseGet(this::missing));
    }
  }

  // The settings quote what they are given, and what they keep: they never see a secret.
  private Optional<T> own(String secret) {
    Setting<Optional<T>> setting =
        new Setting<>(
            kind.key(),
            kind.allowed(),
            shown -> Optional.of(secret).filter(text -> !text.isEmpty()).map(kind.parser()));
    return settings.read(setting, kind.shown().apply(secret)).flatMap(Function.identity());
  }

  private Optional<SecretFile> file(String path) {
    Setting<Optional<SecretFile>> named = SecretFile.setting(fileKey);
    Setting<Optional<SecretFile>> setting =
        new Setting<>(fileKey, named.allowed(), shown -> named.parser().apply(path));
    return settings.read(setting, SecretFile.shown(path)).flatMap(Function.identity());
  }

  private void follow(SecretFile file) {
    if (watching().filter(now -> now.file().path().equals(file.path())).isPresent()) {
      return;
    }
    close();
    set(none("%s = %s in %s has not been read yet.".formatted(fileKey, file, from())));
    SecretWatch begun = new SecretWatch(file, "candor-" + fileKey, this::take);
    synchronized (this) {
      watch = Optional.of(begun);
    }
    begun.start();
  }

  private void take(SecretWatch from, SecretWatch.Content found) {
    try {
      Optional<T> value = found.secret().map(kind.parser());
      if (value.isPresent()) {
        take(from, new Reading<>(value, ""), "");
      } else {
        take(from, unusable(from.file(), found.why()), found.why());
      }
    } catch (IllegalArgumentException e) {
      String why = "does not hold " + kind.allowed();
      take(from, unusable(from.file(), why), why);
    }
  }

  private Reading<T> unusable(SecretFile file, String why) {
    return none("%s = %s in %s %s.".formatted(fileKey, file, from(), why));
  }

  private synchronized void take(SecretWatch from, Reading<T> now, String why) {
    if (watch.filter(from::equals).isEmpty()) {
      return;
    }
    reading = now;
    if (why.isEmpty()) {
      accept();
    } else {
      refuse(from.file(), "a file that holds " + kind.allowed() + " (this one " + why + ")");
    }
  }

  private synchronized void refuse(SecretFile file, String allowed) {
    refused = true;
    settings.refuse(fileKey, file.toString(), allowed, "Nothing is sent until this is corrected.");
  }

  private synchronized void accept() {
    if (refused) {
      refused = false;
      settings.accept(fileKey);
    }
  }

  /** What counts now. It waits for the first look at a file, a moment at most, and never again. */
  public Reading<T> current() {
    watching().ifPresent(SecretWatch::awaitFirstLook);
    synchronized (this) {
      return reading;
    }
  }

  /** Follows no file any more. */
  @Override
  public void close() {
    Optional<SecretWatch> ended;
    synchronized (this) {
      ended = watch;
      watch = Optional.empty();
    }
    ended.ifPresent(SecretWatch::close);
  }

  private synchronized Optional<SecretWatch> watching() {
    return watch;
  }

  private synchronized void set(Reading<T> now) {
    reading = now;
  }

  private Reading<T> missing() {
    return none("Set %s or %s in %s.".formatted(kind.key(), fileKey, from()));
  }

  private Reading<T> none(String advice) {
    return new Reading<>(Optional.empty(), advice);
  }

  private String from() {
    return settings.file();
  }
}
