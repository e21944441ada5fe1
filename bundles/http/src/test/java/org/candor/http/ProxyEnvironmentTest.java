package org.candor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row is an environment, a target, and the proxy for it; {@code -} stands for none. */
class ProxyEnvironmentTest {

  private static final String NONE = "-";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Upper case comes first, and an empty value is none.
        "HTTP_PROXY=http://a http_proxy=http://b    | http://x.example  | http://a",
        "HTTP_PROXY= http_proxy=http://b            | http://x.example  | http://b",
        "http_proxy=http://b                        | http://x.example  | http://b",
        "Http_Proxy=http://b                        | http://x.example  | -",
        "HTTPS_PROXY=http://a https_proxy=http://b  | https://x.example | http://a",
        "HTTPS_PROXY= https_proxy=http://b          | https://x.example | http://b",
        "HTTPS_PROXY= https_proxy=                  | https://x.example | -",
        "HTTP_PROXY=http://a NO_PROXY=x.example no_proxy=y.example | http://x.example | -",
        "HTTP_PROXY=http://a NO_PROXY=x.example no_proxy=y.example | http://y.example | http://a",
        "HTTP_PROXY=http://a NO_PROXY= no_proxy=y.example          | http://y.example | -",
        // Upper case comes first even when it is no good.
        "HTTP_PROXY=% http_proxy=http://b           | http://x.example  | -",
        "ALL_PROXY=http://a                         | http://x.example  | -",
        "all_proxy=http://a                         | https://x.example | -",
      })
  void rule1TheFirstThatIsNotEmpty(String environment, URI target, String proxy) {
    check(environment, target, proxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PROXY=http://a REQUEST_METHOD=GET | http://x.example",
        "http_proxy=http://a REQUEST_METHOD=x   | http://x.example",
        "HTTP_PROXY=a:1 REQUEST_METHOD=GET      | http://x.example",
        // Before it is asked whether a proxy would be used at all.
        "HTTP_PROXY=http://a REQUEST_METHOD=GET NO_PROXY=x.example | http://x.example",
        "HTTP_PROXY=http://a REQUEST_METHOD=GET NO_PROXY=*         | http://x.example",
        "HTTP_PROXY=http://a REQUEST_METHOD=GET                    | http://localhost",
        "HTTP_PROXY=http://a REQUEST_METHOD=GET                    | http://127.0.0.1:8080/",
        "HTTP_PROXY=http://a REQUEST_METHOD=GET                    | http://[::1]/",
      })
  void rule2AnHttpProxyIsNotTrustedInCgi(String environment, URI target) {
    ProxyEnvironment proxies = ProxyEnvironment.of(variables(environment));
    assertThatThrownBy(() -> proxies.proxyFor(target))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("REQUEST_METHOD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PROXY=http://a REQUEST_METHOD=                     | http://x.example  | http://a",
        "HTTP_PROXY=http://a request_method=GET                  | http://x.example  | http://a",
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b REQUEST_METHOD=GET | https://x.example | http://b",
        "HTTPS_PROXY=http://b REQUEST_METHOD=GET                 | http://x.example  | -",
        "HTTP_PROXY= REQUEST_METHOD=GET                          | http://x.example  | -",
        "HTTP_PROXY=% REQUEST_METHOD=GET                         | http://x.example  | -",
        "HTTP_PROXY=http://a REQUEST_METHOD=GET                  | ftp://x.example   | -",
      })
  void rule2AndNothingElseIsAffected(String environment, URI target, String proxy) {
    check(environment, target, proxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b | http://x.example  | http://a",
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b | https://x.example | http://b",
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b | HTTPS://x.example | http://b",
        "HTTP_PROXY=http://a                      | https://x.example | -",
        "HTTPS_PROXY=http://b                     | http://x.example  | -",
        "HTTP_PROXY=http://a HTTPS_PROXY=%        | https://x.example | -",
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b | ftp://x.example   | -",
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b | ws://x.example    | -",
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b | x.example         | -",
        "HTTP_PROXY=http://a HTTPS_PROXY=http://b | mailto:a@b        | -",
      })
  void rule3EachSchemeHasItsOwnAndNoneFallsBack(String environment, URI target, String proxy) {
    check(environment, target, proxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://proxy.example:3128       | http://proxy.example:3128",
        "https://proxy.example           | https://proxy.example",
        "socks5://proxy.example          | socks5://proxy.example",
        "socks5h://proxy.example:1080    | socks5h://proxy.example:1080",
        "http://proxy.example:3128/      | http://proxy.example:3128/",
        "HTTP://Proxy.example            | http://Proxy.example",
        // Without a scheme, or with what only looks like one.
        "proxy                           | http://proxy",
        "http                            | http://http",
        "proxy.example                   | http://proxy.example",
        "proxy.example:3128              | http://proxy.example:3128",
        "proxy.example:3128/path         | http://proxy.example:3128/path",
        "proxy:3128                      | http://proxy:3128",
        "127.0.0.1:8080                  | http://127.0.0.1:8080",
        "[::1]:3128                      | http://[::1]:3128",
        "user:secret@proxy:3128          | http://user:secret@proxy:3128",
        "//proxy:3128                    | http:////proxy:3128",
        // User information.
        "http://user:secret@proxy:3128   | http://user:secret@proxy:3128",
        "socks5://user@proxy             | socks5://user@proxy",
        "http://us%40er:p%2Fw@proxy:3128 | http://us%40er:p%2Fw@proxy:3128",
        "http://user:p@ss@proxy:3128     | http://user:p%40ss@proxy:3128",
        "user:p@ss@proxy:3128            | http://user:p%40ss@proxy:3128",
        // Hosts that java.net.URI does not know.
        "http://my_proxy:3128            | http://my_proxy:3128",
        "http://bücher.example:3128      | http://xn--bcher-kva.example:3128",
        // A scheme that nobody knows.
        "foo://proxy                     | foo://proxy",
        "socks4://proxy:1080             | socks4://proxy:1080",
        "ftp://proxy                     | ftp://proxy",
        // Not to be read either way.
        "%                               | -",
        "http://%zz                      | -",
        "http://pro xy:3128              | -",
        "' http://proxy:3128'            | -",
        "http://[::1                     | -",
        "http://[::1]x:80                | -",
        "pro xy                          | -",
        "proxy:port                      | -",
        "not a proxy                     | -",
        "http://pro\u0007xy              | -",
      })
  void rule4WhatAValueMayLookLike(String value, String proxy) {
    Map<String, String> environment = Map.of("HTTP_PROXY", value, "HTTPS_PROXY", value);
    ProxyEnvironment proxies = ProxyEnvironment.of(environment);
    for (String scheme : new String[] {"http", "https"}) {
      Optional<URI> found = proxies.proxyFor(URI.create(scheme + "://x.example/"));
      assertThat(found.map(URI::toString).orElse(NONE)).isEqualTo(proxy);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xn--bcher-kva.example    | http://bücher.example/         | -",
        "bücher.example           | http://xn--bcher-kva.example/  | -",
        ".bücher.example          | http://www.BÜCHER.example/     | -",
        "*.bücher.example         | http://www.bücher.example/     | -",
        ".bücher.example          | http://bücher.example/         | http://proxy",
        "127.0.0.1                | http://bücher。example/         | http://proxy",
        "10.0.0.1                 | http://１０.0.0.1/               | -",
        "x.example                | http://X.Example/              | -",
        "X.EXAMPLE                | http://x.example/              | -",
        "my_host.example          | http://my_host.example/        | -",
        "x.example:80             | http://x.example/              | -",
        "x.example:80             | http://x.example:/             | -",
        "x.example:80             | http://x.example:80/           | -",
        "x.example:80             | http://x.example:8080/         | http://proxy",
        "x.example:80             | https://x.example/             | http://proxy",
        "x.example:443            | https://x.example/             | -",
        "x.example:443            | http://x.example:443/          | -",
        "x.example                | http://user:pw@x.example:81/a@b | -",
        "user                     | http://user@x.example/         | http://proxy",
      })
  void rule5TheHostInAsciiAndThePort(String noProxy, URI target, String proxy) {
    check("NO_PROXY=" + noProxy, target, proxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://localhost                 | -",
        "https://localhost:8443/x         | -",
        "http://LOCALHOST                 | http://proxy",
        "http://Localhost                 | http://proxy",
        "http://localhost.                | http://proxy",
        "http://sub.localhost             | http://proxy",
        "http://localhost.localdomain     | http://proxy",
        "http://127.0.0.1                 | -",
        "http://127.1.2.3:99              | -",
        "http://127.255.255.255           | -",
        "http://128.0.0.1                 | http://proxy",
        "http://127.1                     | http://proxy",
        "http://127.0.0.01                | http://proxy",
        "http://127.0.0.256               | http://proxy",
        "http://2130706433                | http://proxy",
        "http://0.0.0.0                   | http://proxy",
        "http://[::1]                     | -",
        "http://[::1]:8080                | -",
        "http://[0:0:0:0:0:0:0:1]         | -",
        "http://[0::0001]                 | -",
        "http://[::1%25lo]                | -",
        "http://[::ffff:127.0.0.1]        | -",
        "http://[::ffff:7f01:203]         | -",
        "http://[0:0:0:0:0:FFFF:127.9.9.9] | -",
        "http://[::ffff:128.0.0.1]        | http://proxy",
        "http://[::127.0.0.1]             | http://proxy",
        "http://[::2]                     | http://proxy",
        "http://[::]                      | http://proxy",
        "http://127.0.0.1.example         | http://proxy",
      })
  void rule6ThisMachineIsNeverProxied(URI target, String proxy) {
    check("", target, proxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' , ,, a.example ,'    | http://a.example         | -",
        "A.Example              | http://a.example         | -",
        "*                      | http://a.example         | -",
        "' * '                  | http://10.0.0.1          | -",
        "b.example,*            | http://[2001:db8::1]     | -",
        "*,b.example            | http://a.example         | -",
        "**                     | http://a.example         | http://proxy",
        "*example               | http://a.example         | http://proxy",
        "*:80                   | http://a.example         | http://proxy",
        // Domains.
        "a.example              | http://a.example         | -",
        "a.example              | http://www.a.example     | -",
        "a.example              | http://w.w.w.a.example   | -",
        "a.example              | http://aa.example        | http://proxy",
        "a.example              | http://a.example.com     | http://proxy",
        "example                | http://a.example         | -",
        ".a.example             | http://a.example         | http://proxy",
        ".a.example             | http://www.a.example     | -",
        "*.a.example            | http://a.example         | http://proxy",
        "*.a.example            | http://www.a.example     | -",
        "*.a.example            | http://wa.example        | http://proxy",
        "a.example:8080         | http://a.example:8080    | -",
        "a.example:8080         | http://www.a.example:8080 | -",
        "a.example:8080         | http://a.example         | http://proxy",
        ".a.example:8080        | http://www.a.example:8080 | -",
        "*.a.example:8080       | http://www.a.example:8080 | -",
        "*.a.example:8080       | http://www.a.example:8081 | http://proxy",
        "a.example:             | http://a.example:8080    | -",
        "a.example:http         | http://a.example         | http://proxy",
        "a.example.             | http://a.example.        | -",
        "a.example              | http://a.example.        | http://proxy",
        "localhost              | http://LOCALHOST         | -",
        "http://a.example       | http://a.example         | http://proxy",
        // No host in it.
        ":1                     | http://a.example         | http://proxy",
        ":80                    | http://a.example         | http://proxy",
        "[]:80                  | http://a.example         | http://proxy",
        ":80,a.example          | http://a.example         | -",
        // Addresses.
        "10.0.0.1               | http://10.0.0.1          | -",
        "10.0.0.1               | http://10.0.0.1:99       | -",
        "10.0.0.1               | http://10.0.0.2          | http://proxy",
        "10.0.0.1:81            | http://10.0.0.1:81       | -",
        "10.0.0.1:81            | http://10.0.0.1          | http://proxy",
        "10.0.0.1               | http://[::ffff:10.0.0.1] | -",
        "::ffff:10.0.0.1        | http://10.0.0.1          | -",
        "10.0.0.01              | http://10.0.0.1          | http://proxy",
        "2001:db8::1            | http://[2001:db8::1]     | -",
        "2001:DB8:0::0:1        | http://[2001:db8::1]:99  | -",
        "2001:db8::1            | http://[2001:db8::2]     | http://proxy",
        "[2001:db8::1]:80       | http://[2001:db8::1]     | -",
        "[2001:db8::1]:443      | https://[2001:db8::1]    | -",
        "[2001:db8::1]:81       | http://[2001:db8::1]     | http://proxy",
        "[2001:db8::1]          | http://[2001:db8::1]     | http://proxy",
        // Networks; the bits of a host in them do not count.
        "10.0.0.0/8             | http://10.200.3.4:99     | -",
        "10.1.2.3/8             | http://10.200.3.4        | -",
        "10.0.0.0/8             | http://11.0.0.0          | http://proxy",
        "10.0.0.0/30            | http://10.0.0.3          | -",
        "10.0.0.0/30            | http://10.0.0.4          | http://proxy",
        "10.0.0.1/32            | http://10.0.0.1          | -",
        "10.0.0.1/32            | http://10.0.0.0          | http://proxy",
        "1.2.3.4/0              | http://203.0.113.9       | -",
        "1.2.3.4/0              | http://[2001:db8::1]     | http://proxy",
        "10.0.0.0/8             | http://[::ffff:10.9.9.9] | -",
        "10.0.0.0/33            | http://10.0.0.0          | http://proxy",
        "10.0.0.0/              | http://10.0.0.0          | http://proxy",
        "10.0.0.0/8:80          | http://10.0.0.1          | http://proxy",
        "2001:db8::77/33        | http://[2001:db8:7fff::] | -",
        "2001:db8::/33          | http://[2001:db8:8000::] | http://proxy",
        "2001:db8::/128         | http://[2001:db8::]      | -",
        "::/0                   | http://[2001:db8::1]     | -",
        "::/0                   | http://10.0.0.1          | http://proxy",
        "::ffff:10.0.0.0/104    | http://10.9.9.9          | -",
        "2001:db8::/129         | http://[2001:db8::]      | http://proxy",
      })
  void rule7TheExceptions(String noProxy, URI target, String proxy) {
    check("NO_PROXY=" + noProxy, target, proxy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nobody asks what address a name has, or what name an address.
        "93.184.215.14,0.0.0.0/0,::/0 | http://example.com             | http://proxy",
        "127.0.0.1                    | http://localhost.              | http://proxy",
        "0.0.1                        | http://10.0.0.1                | http://proxy",
        ".0.0.1                       | http://10.0.0.1                | http://proxy",
        "1                            | http://10.0.0.1                | http://proxy",
        "::1:2                        | http://[2001::1:2]             | http://proxy",
        "1                            | http://[2001:db8::1]           | http://proxy",
        // A zone makes an address no name.
        "example.com                  | http://[1000::%25.example.com] | http://proxy",
        "eth0                         | http://[fe80::1%25eth0]        | http://proxy",
        "fe80::1%eth0                 | http://[fe80::1%25eth0]        | http://proxy",
        "fe80::1                      | http://[fe80::1%25eth0]        | -",
        "fe80::/10                    | http://[fe80::1%25eth0]:81     | -",
      })
  void rule8AddressesAndNamesAreTwoThings(String noProxy, URI target, String proxy) {
    check("NO_PROXY=" + noProxy, target, proxy);
  }

  @Test
  void itsOwnTextHoldsNoCredential() {
    assertThat(ProxyEnvironment.of(Map.of("HTTP_PROXY", "http://user:secret@proxy")).toString())
        .doesNotContain("secret");
  }

  @Test
  void theEnvironmentIsReadOnce() {
    Map<String, String> environment = new HashMap<>(Map.of("HTTP_PROXY", "http://a"));
    ProxyEnvironment proxies = ProxyEnvironment.of(environment);
    environment.put("HTTP_PROXY", "http://b");
    assertThat(proxies.proxyFor(URI.create("http://x.example"))).contains(URI.create("http://a"));
  }

  /** With {@code http://proxy} for both schemes where the environment names none. */
  private static void check(String environment, URI target, String proxy) {
    Map<String, String> variables = variables(environment);
    if (environment.isEmpty() || environment.startsWith("NO_PROXY=")) {
      variables = new HashMap<>(variables);
      variables.put("HTTP_PROXY", "http://proxy");
      variables.put("HTTPS_PROXY", "http://proxy");
    }
    Optional<URI> found = ProxyEnvironment.of(variables).proxyFor(target);
    assertThat(found.map(URI::toString).orElse(NONE)).isEqualTo(proxy);
  }

  private static Map<String, String> variables(String environment) {
    if (environment.startsWith("NO_PROXY=")) {
      return Map.of("NO_PROXY", environment.substring("NO_PROXY=".length()));
    }
    return Arrays.stream(environment.split(" +"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
