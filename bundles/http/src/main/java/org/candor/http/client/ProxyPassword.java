package org.candor.http.client;

import java.util.Optional;
import java.util.function.Function;
import org.candor.api.file.SecretFile;
import org.candor.api.file.UnusableSecretException;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;

/**
 * Password of the proxy that the file of the key {@code proxyPasswordFile} holds, for the user whom
 * the key {@code proxy} names. It is read for each call. Safe for several threads.
 */
final class ProxyPassword {

  private static final String KEY = "proxyPasswordFile";
  private static final String NOTHING_GOES = "Nothing goes through the proxy until then.";

  private final Settings settings;
  private Optional<SecretFile> file = Optional.empty();
  private boolean twice;
  private boolean refused;

  /**
   * @param settings refuse a file that is of no use
   */
  ProxyPassword(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads the key; opens no file.
   *
   * @param choice what the key {@code proxy} says
   * @param raw what the file says now
   */
  synchronized void configure(Optional<ProxyChoice> choice, String raw) {
    Optional<SecretFile> named = named(raw.strip());
    Optional<ProxyCredentials> login = choice.flatMap(ProxyChoice::login);
    twice = named.isPresent() && login.filter(ProxyCredentials::hasPassword).isPresent();
    file = named.filter(there -> login.isPresent());
    if (twice) {
      refuse("nothing while proxy has a password of its own", NOTHING_GOES);
    } else if (named.isPresent() && login.isEmpty()) {
      refuse("nothing unless proxy names a user, as in http://USER@HOST:PORT", "It is not read.");
    } else {
      accept();
    }
  }

  // A password that somebody wrote there instead of a path is not quoted.
  private Optional<SecretFile> named(String path) {
    Setting<Optional<SecretFile>> named = SecretFile.setting(KEY);
    return settings
        .read(
            new Setting<>(KEY, named.allowed(), shown -> named.parser().apply(path)),
            SecretFile.shown(path))
        .flatMap(Function.identity());
  }

  /**
   * The password.
   *
   * @return empty when no file is to be read for it
   * @throws UnusableSecretException when it cannot be had; says of which file and why
   */
  Optional<String> read() throws UnusableSecretException {
    Optional<SecretFile> now;
    synchronized (this) {
      if (twice) {
        throw new UnusableSecretException(
            KEY + " and the password in proxy are both set in " + settings.file());
      }
      now = file;
    }
    if (now.isEmpty()) {
      return Optional.empty();
    }
    try {
      String password = now.get().read();
      accept();
      return Optional.of(password);
    } catch (UnusableSecretException e) {
      refuse("a file that holds the proxy's password (this one " + e.why() + ")", NOTHING_GOES);
      throw new UnusableSecretException(
          "%s = %s in %s %s".formatted(KEY, now.get(), settings.file(), e.why()));
    }
  }

  // The settings know the path, for they have read the key.
  private synchronized void refuse(String allowed, String instead) {
    refused = true;
    settings.refuse(KEY, "", allowed, instead);
  }

  private synchronized void accept() {
    if (refused) {
      refused = false;
      settings.accept(KEY);
    }
  }
}
