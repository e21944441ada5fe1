package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointNewsTest {

  @ParameterizedTest
  @CsvSource({
    "https://API.segment.io/v1/batch, api.segment.io:443",
    "https://api.segment.io, api.segment.io:443",
    "http://127.0.0.1:8089/x, 127.0.0.1:8089",
    "http://h, h:80",
    "v1.example.com, v1.example.com",
    "not an address, not an address",
    "'', ''"
  })
  void aServerIsAHostAndAPort(String endpoint, String server) {
    assertThat(EndpointNews.server(endpoint)).isEqualTo(server);
  }

  @Test
  void whoListensGetsEachServerUntilItStops() {
    EndpointNews news = new EndpointNews();
    List<String> heard = new ArrayList<>();
    Runnable stop = news.onDelivered(heard::add);
    news.delivered("h:1");
    stop.run();
    news.delivered("h:2");
    assertThat(heard).containsExactly("h:1");
  }
}
