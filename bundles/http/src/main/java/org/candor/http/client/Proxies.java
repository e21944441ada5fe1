package org.candor.http.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.candor.api.file.UnusableSecretException;
import org.candor.api.settings.Settings;
import org.candor.http.ProxyEnvironment;
import org.candor.http.proxy.ProxyUrl;

/**
 * The one place that says by which way a target is reached: by the key {@code proxy}, or else by
 * the environment; what the properties of this JVM say is for others. Safe for several threads.
 */
final class Proxies {

  private final Settings settings;
  private final Map<String, String> environment;
  private final Consumer<String> warn;
  private final ProxyPassword password;
  private boolean warned;
  private volatile Optional<ProxyEnvironment> rules = Optional.empty();

  /**
   * @param environment variables by their names
   * @param warn gets a line, once, for what the environment names and cannot be used
   */
  Proxies(Settings settings, Map<String, String> environment, Consumer<String> warn) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.warn = warn;
    this.password = new ProxyPassword(settings);
  }

  /**
   * Reads the keys.
   *
   * @param raw what the file says now
   * @param rawPasswordFile likewise, for {@code proxyPasswordFile}
   */
  synchronized void configure(String raw, String rawPasswordFile) {
    Optional<ProxyChoice> choice = settings.read(ProxyChoice.setting(raw), ProxyChoice.shown(raw));
    password.configure(choice, rawPasswordFile);
    rules = choice.map(chosen -> chosen.over(environment));
    if (choice.filter(ProxyChoice::byEnvironment).isPresent() && !warned) {
      warned = true;
      List.of("HTTP_PROXY", "HTTPS_PROXY").forEach(this::warnOf);
    }
  }

  // By the common rules that is as if it were not set; who set it hardly expects that.
  private void warnOf(String variable) {
    String value =
        Optional.of(environment.getOrDefault(variable, ""))
            .filter(upper -> !upper.isEmpty())
            .orElseGet(() -> environment.getOrDefault(variable.toLowerCase(Locale.ROOT), ""));
    if (!value.isEmpty() && ProxyUrl.lenient(value).isEmpty()) {
      warn.accept(
          "The environment's "
              + variable
              + " is not the URL of a proxy, so no proxy is used for "
              + (variable.startsWith("HTTPS") ? "https" : "http")
              + "; correct it, or set proxy in "
              + settings.file());
    }
  }

  /**
   * The way to a target.
   *
   * @throws IOException when a proxy is named that cannot be used; then nothing goes straight
   *     instead
   */
  PeerRoute to(URI target) throws IOException {
    Peer peer = Peer.of(target);
    ProxyEnvironment now =
        rules.orElseThrow(
            () ->
                unusable(
                    peer,
                    settings.file()
                        + ": the value of proxy is refused, and there was none before"));
    try {
      Optional<ProxyServer> proxy = now.proxyFor(target).map(ProxyServer::of);
      return new PeerRoute(peer, proxy.isEmpty() ? proxy : Optional.of(withPassword(proxy.get())));
    } catch (UnusableSecretException e) {
      throw unusable(peer, e.why());
    } catch (IllegalStateException e) {
      throw unusable(peer, e.getMessage() + "; set proxy in " + settings.file());
    } catch (IllegalArgumentException e) {
      throw unusable(peer, "the environment names a proxy " + e.getMessage());
    }
  }

  private ProxyServer withPassword(ProxyServer proxy) throws UnusableSecretException {
    return password.read().map(proxy::with).orElse(proxy);
  }

  private static IOException unusable(Peer peer, String why) {
    return new IOException(peer + " was not reached: " + why);
  }
}
