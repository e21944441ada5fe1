package org.candor.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.candor.http.proxy.NoProxy;
import org.candor.http.proxy.ProxyUrl;

/**
 * Which proxy the environment names for which target, by the rules of Go's {@code
 * golang.org/x/net/http/httpproxy}, on which the programs around us agree.
 *
 * <ul>
 *   <li>{@code HTTPS_PROXY} counts for {@code https} URLs, {@code HTTP_PROXY} for {@code http}
 *       URLs, and neither for the other; {@code NO_PROXY} lists exceptions. Each is read in lower
 *       case too, when the one in upper case is absent or empty. {@code ALL_PROXY} is not read.
 *   <li>A value is a URL, or a {@code host:port} that {@code http://} is put before. What is no URL
 *       counts as absent. A scheme that nobody knows is kept: it is an error to be met, not a
 *       licence to go straight.
 *   <li>{@code localhost}, exactly so, and literal loopback addresses are never proxied.
 *   <li>{@code NO_PROXY} is a list with commas: {@code *} for everything, a network such as {@code
 *       10.0.0.0/8}, an address, a domain with its subdomains, or {@code .domain} or {@code
 *       *.domain} for the subdomains alone; the last three with a {@code :port} where only that one
 *       is meant, and an IPv6 address in brackets then. Networks and addresses match literal
 *       addresses only, domains never do.
 * </ul>
 *
 * <p>No name is looked up. Immutable, and safe for several threads. What it returns may hold a user
 * and a password; its own text does not.
 */
public final class ProxyEnvironment {

  private final Optional<URI> forHttp;
  private final Optional<URI> forHttps;
  private final NoProxy noProxy;
  private final boolean cgi;

  private ProxyEnvironment(
      Optional<URI> forHttp, Optional<URI> forHttps, NoProxy noProxy, boolean cgi) {
    this.forHttp = forHttp;
    this.forHttps = forHttps;
    this.noProxy = noProxy;
    this.cgi = cgi;
  }

  /**
   * Reads an environment, such as that of {@link System#getenv()}, once.
   *
   * @param environment variables by their names, whose case counts
   */
  public static ProxyEnvironment of(Map<String, String> environment) {
    return new ProxyEnvironment(
        ProxyUrl.lenient(first(environment, "HTTP_PROXY")),
        ProxyUrl.lenient(first(environment, "HTTPS_PROXY")),
        new NoProxy(first(environment, "NO_PROXY")),
        !environment.getOrDefault("REQUEST_METHOD", "").isEmpty());
  }

  private static String first(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value;
  }

  /**
   * The proxy to ask for a target.
   *
   * @param target an absolute URL
   * @return the proxy's URL with whatever user information it was given; its scheme in lower case,
   *     and not always one that can be carried out; empty when the target is to be reached straight
   * @throws IllegalStateException when {@code HTTP_PROXY} is set for an {@code http} URL, whatever
   *     its host, and {@code REQUEST_METHOD} is too: then this may be a CGI program, and the value
   *     a header {@code Proxy} that some visitor sent
   */
  public Optional<URI> proxyFor(URI target) {
    if ("https".equalsIgnoreCase(target.getScheme())) {
      return forHttps.filter(proxy -> !noProxy.covers(target, "443"));
    }
    if (!"http".equalsIgnoreCase(target.getScheme())) {
      return Optional.empty();
    }
    if (cgi && forHttp.isPresent()) {
      throw new IllegalStateException(
          "HTTP_PROXY is not trusted while REQUEST_METHOD is set, as it is for a CGI program");
    }
    return forHttp.filter(proxy -> !noProxy.covers(target, "80"));
  }
}
