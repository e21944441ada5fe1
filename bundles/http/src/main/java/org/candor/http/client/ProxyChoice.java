package org.candor.http.client;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.candor.api.settings.Setting;
import org.candor.http.ProxyEnvironment;
import org.candor.http.proxy.ProxyUrl;

/**
 * What the key {@code proxy} says.
 *
 * @param url of a proxy for whatever is not exempt
 * @param never whether there is to be none; without it and a URL the environment decides
 */
record ProxyChoice(Optional<URI> url, boolean never) {

  private static final String KEY = "proxy";
  private static final String NEVER = "none";
  private static final String ALLOWED =
      "nothing (for what the environment says), the word none, or a URL of scheme and host that"
          + " begins with "
          + ProxyServer.SCHEMES;

  private static final Pattern UP_TO_HOST = Pattern.compile("(?s)^(\\w+://)?.*@");
  private static final Pattern AFTER_HOST = Pattern.compile("(?s):(?!//|\\d{1,5}/?$).*");

  /**
   * The key's setting for one reading. The text that goes with it to {@code Settings}, which shows
   * it in messages, is {@link #shown} and not the one to be parsed.
   */
  static Setting<ProxyChoice> setting(String raw) {
    return new Setting<>(KEY, ALLOWED, shown -> parse(raw.strip()));
  }

  /** What the file says, without user and password and whatever could be one. */
  static String shown(String raw) {
    String text = raw.strip();
    Matcher hidden = UP_TO_HOST.matcher(text);
    String open = hidden.find() ? hidden.replaceFirst("$1***@") : text;
    try {
      parse(text);
      return open;
    } catch (IllegalArgumentException e) {
      return AFTER_HOST.matcher(open).replaceFirst(":***");
    }
  }

  private static ProxyChoice parse(String text) {
    if (text.isEmpty() || text.equalsIgnoreCase(NEVER)) {
      return new ProxyChoice(Optional.empty(), !text.isEmpty());
    }
    URI url = ProxyUrl.strict(text).orElseThrow(() -> new IllegalArgumentException("no URL"));
    ProxyServer.of(url);
    boolean place = url.getRawPath().matches("/?") && url.getRawQuery() == null;
    if (!place || url.getRawFragment() != null) {
      throw new IllegalArgumentException("more than a place");
    }
    return new ProxyChoice(Optional.of(url), false);
  }

  /** The user for the proxy, if it names one. */
  Optional<ProxyCredentials> login() {
    return url.map(ProxyServer::of).flatMap(ProxyServer::login);
  }

  /** Whether the environment decides. */
  boolean byEnvironment() {
    return !never && url.isEmpty();
  }

  /**
   * The rules that follow: those of the environment, with this proxy in place of the two that it
   * names, or without any.
   */
  ProxyEnvironment over(Map<String, String> environment) {
    if (never) {
      return ProxyEnvironment.of(Map.of());
    }
    if (byEnvironment()) {
      return ProxyEnvironment.of(environment);
    }
    Map<String, String> variables = new HashMap<>(environment);
    // What stands in our own file came from no visitor of a CGI program.
    variables.remove("REQUEST_METHOD");
    variables.put("HTTP_PROXY", url.get().toString());
    variables.put("HTTPS_PROXY", url.get().toString());
    return ProxyEnvironment.of(variables);
  }

  @Override
  public String toString() {
    return never ? NEVER : url.map(place -> ProxyServer.of(place).toString()).orElse("");
  }
}
