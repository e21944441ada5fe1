package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.candor.api.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the key {@code proxy} does, without a connection. */
class ProxiesTest {

  private static final URI HTTP = URI.create("http://target.example/");
  private static final URI HTTPS = URI.create("https://target.example/");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTP_PROXY", "http://http.example",
          "HTTPS_PROXY", "http://https.example",
          "NO_PROXY", "exempt.example");

  private final List<String> refused = new ArrayList<>();
  private final List<String> warned = new ArrayList<>();

  @Test
  void withoutTheKeyTheEnvironmentCounts() throws Exception {
    Proxies proxies = proxies(ENVIRONMENT, " ");
    assertThat(proxies.to(HTTP)).hasToString(through("target.example:80", "http.example:80"));
    assertThat(proxies.to(HTTPS)).hasToString(through("target.example:443", "https.example:80"));
    assertThat(proxies.to(URI.create("https://exempt.example/")).proxy()).isEmpty();
    assertThat(proxies(Map.of(), "").to(HTTPS).proxy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example, proxy.example:80",
    "' https://proxy.example/ ', proxy.example:443",
    "socks5://proxy.example, proxy.example:1080",
    "SOCKS5h://proxy.example:99, proxy.example:99",
    "http://user:pa@ss@proxy.example:3128, proxy.example:3128",
    "http://my_proxy:3128, my_proxy:3128",
    "http://[2001:db8::1]:3128, [2001:db8::1]:3128",
    "http://bücher.example, xn--bcher-kva.example:80"
  })
  void aProxyInTheFileServesAllThatIsNotExempt(String value, String place) throws Exception {
    Proxies proxies = proxies(ENVIRONMENT, value);
    assertThat(proxies.to(HTTP)).hasToString(through("target.example:80", place));
    assertThat(proxies.to(HTTPS)).hasToString(through("target.example:443", place));
    for (String exempt : List.of("localhost", "127.0.0.1", "[::1]", "a.exempt.example")) {
      assertThat(proxies.to(URI.create("https://" + exempt + "/")).proxy()).isEmpty();
    }
    assertThat(refused).isEmpty();
  }

  @Test
  void itIsTrustedInCgiUnlikeTheEnvironments() throws Exception {
    Map<String, String> cgi = Map.of("HTTP_PROXY", "http://visitor", "REQUEST_METHOD", "GET");
    assertThatThrownBy(() -> proxies(cgi, "").to(HTTP))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "target.example:80 was not reached: HTTP_PROXY is not trusted while REQUEST_METHOD is"
                + " set, as it is for a CGI program; set proxy in etc/org.candor.http.cfg");
    assertThat(proxies(cgi, "http://proxy").to(HTTP).proxy()).isPresent();
    assertThat(proxies(cgi, "none").to(HTTP).proxy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.example:3128               | proxy.example:3128",
        "off                              | off",
        "ftp://proxy.example              | ftp://proxy.example",
        "http://proxy.example/proxy.pac   | http://proxy.example/proxy.pac",
        "http://proxy.example?a           | http://proxy.example?a",
        "http://proxy.example:0           | http://proxy.example:0",
        "http://:3128                     | http://:3128",
        "http://user:s3cret@              | http://***@",
        "http://user:s3cret@/             | http://***@/",
        "http://user:s3cret               | http://user:***",
        "user:s3cret@proxy:3128           | ***@proxy:3128",
        "ftp://user:s3@cret@proxy:3128    | ftp://***@proxy:3128",
        "http://user:s3cret@proxy:99999   | http://***@proxy:99999",
        "http://user:s3 cret@proxy        | http://***@proxy",
        "http://user:s3/cret@proxy        | http://***@proxy",
        "http://user:s3cret:proxy         | http://user:***",
      })
  void aBadValueIsRefusedWithoutItsCredential(String value, String shown) throws Exception {
    Proxies proxies = proxies(ENVIRONMENT, "http://user:s3cret@good.example:3128");
    proxies.configure(value, "");
    assertThat(refused)
        .singleElement()
        .asString()
        .isEqualTo(
            "etc/org.candor.http.cfg: proxy = "
                + shown
                + " is refused; allowed is nothing (for what the environment says), the word none,"
                + " or a URL of scheme and host that begins with http://, https://, socks5:// or"
                + " socks5h://. It stays http://***@good.example:3128.");
    assertThat(proxies.to(HTTPS)).hasToString(through("target.example:443", "good.example:3128"));
  }

  @Test
  void withoutAnEarlierValueNothingIsSentByAnotherWay() {
    Proxies proxies = proxies(ENVIRONMENT, "htp://proxy.example");
    assertThat(refused).singleElement().asString().contains("There is no earlier value to keep");
    assertThatThrownBy(() -> proxies.to(HTTPS))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "target.example:443 was not reached: etc/org.candor.http.cfg: the value of proxy is"
                + " refused, and there was none before");
  }

  @Test
  void whatTheEnvironmentCannotMeanIsToldOnceWithoutTheValue() throws Exception {
    Map<String, String> odd =
        Map.of("HTTP_PROXY", "http://user:s3 cret@proxy", "https_proxy", "http://[::1");
    Proxies proxies = proxies(odd, "");
    proxies.configure("", "");
    assertThat(warned)
        .containsExactly(
            "The environment's HTTP_PROXY is not the URL of a proxy, so no proxy is used for http;"
                + " correct it, or set proxy in etc/org.candor.http.cfg",
            "The environment's HTTPS_PROXY is not the URL of a proxy, so no proxy is used for"
                + " https; correct it, or set proxy in etc/org.candor.http.cfg");
    assertThat(proxies.to(HTTPS).proxy()).isEmpty();
    warned.clear();
    proxies(odd, "none");
    proxies(ENVIRONMENT, "");
    assertThat(warned).isEmpty();
  }

  @Test
  void nothingShowsALogin() throws Exception {
    PeerRoute way = proxies(ENVIRONMENT, "http://some:s3cret@proxy.example").to(HTTPS);
    assertThat(way.proxy().orElseThrow().login()).contains(new ProxyCredentials("some", "s3cret"));
    assertThat(List.of(way, way.proxy(), way.proxy().get().login()).toString())
        .doesNotContain("s3cret");
    assertThat(ProxyChoice.setting("http://some:s3cret@proxy").parser().apply("").toString())
        .isEqualTo("the proxy proxy:80");
  }

  private Proxies proxies(Map<String, String> environment, String value) {
    Settings settings = new Settings("etc/org.candor.http.cfg", refused::add);
    Proxies proxies = new Proxies(settings, environment, warned::add);
    proxies.configure(value, "");
    return proxies;
  }

  private static String through(String target, String proxy) {
    return target + " through the proxy " + proxy;
  }
}
