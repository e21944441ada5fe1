package org.candor.rest.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      new TrustedProxies(
          List.of(
              AddressRange.of("10.0.0.0/8"),
              AddressRange.of("192.0.2.7"),
              AddressRange.of("2001:db8::/33")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "198.51.100.1 | 203.0.113.5               | 198.51.100.1",
        "10.1.2.3     | 203.0.113.5               | 203.0.113.5",
        "10.1.2.3     | -                         | 10.1.2.3",
        "10.1.2.3     | 1.1.1.1, 203.0.113.5      | 203.0.113.5",
        "10.1.2.3     | 203.0.113.5, 192.0.2.7    | 203.0.113.5",
        "10.1.2.3     | 1.1.1.1, x, 192.0.2.7     | 192.0.2.7",
        "10.1.2.3     | localhost                 | 10.1.2.3",
        "10.1.2.3     | 203.0.113.5:8080          | 203.0.113.5",
        "192.0.2.8    | 203.0.113.5               | 192.0.2.8",
        "2001:db8:7fff::1 | [2001:db8:8000::9]:1  | 2001:db8:8000:0:0:0:0:9",
        "2001:db8:8000::1 | 203.0.113.5           | 2001:db8:8000:0:0:0:0:1"
      })
  void onlyWhatAProxyOfOursSaysCounts(String peer, String forwarded, String client)
      throws Exception {
    Headers headers = new Headers();
    if (forwarded != null) {
      headers.add("X-Forwarded-For", forwarded);
    }
    InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName(peer), 1234);
    assertThat(PROXIES.client(socket, headers).getAddress().getHostAddress()).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.example",
        "10.0.0.0/33",
        "10.0.0",
        "::1/129",
        "10.0.0.0/",
        "/8",
        "",
        "1.2.3.999"
      })
  void aNameOrAnImpossibleNetworkIsRefused(String text) {
    assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void severalHeadersAreOneList() throws Exception {
    Headers headers = new Headers();
    headers.add("X-Forwarded-For", "203.0.113.5");
    headers.add("X-Forwarded-For", "10.9.9.9");
    InetSocketAddress socket = new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 1);
    assertThat(PROXIES.client(socket, headers).getAddress().getHostAddress())
        .isEqualTo("203.0.113.5");
  }
}
