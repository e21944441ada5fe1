package org.candor.sink.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnTest {

  @ParameterizedTest
  @CsvSource({
    "https://k3y@o1.ingest.sentry.io/42, https://o1.ingest.sentry.io/api/42/envelope/",
    "http://k3y@127.0.0.1:15706/1, http://127.0.0.1:15706/api/1/envelope/",
    "http://k3y@[::1]:8080/1, http://[::1]:8080/api/1/envelope/",
    "https://k3y:s3cret@host/1, https://host/api/1/envelope/",
    "https://k3y:@host/1, https://host/api/1/envelope/",
    "https://k3y@host/relay/eu/7, https://host/relay/eu/api/7/envelope/",
    "https://k3y@host/7/, https://host/api/7/envelope/",
    "https://k3y@host/my-project, https://host/api/my-project/envelope/"
  })
  void isTakenApart(String text, String envelopes) {
    Dsn dsn = Dsn.parse(text);
    assertThat(dsn.envelopes()).hasToString(envelopes);
    assertThat(dsn.key()).isEqualTo("k3y");
    assertThat(dsn.toString()).isEqualTo(envelopes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k3y",
        "k3y@host/1",
        "https:k3y@host/1",
        "https:/k3y@host/1",
        "https://k3y/1",
        "https://host/1",
        "https://@host/1",
        "https://:s3cret@host/1",
        "https://k3y@/1",
        "https://k3y@host",
        "https://k3y@host/",
        "https://k3y@host//",
        "https://k3y@host/1?a=b",
        "https://k3y@host/1#a",
        "https://k3y@host/a b",
        "https://k3y@host:65536/1",
        "https://k3y,x=y@host/1",
        "https://k3y@host/%31",
        "https://k3y@ho st/1",
        "ftp://k3y@host/1",
        "HTTPS:// k3y@host/1"
      })
  void whatIsNoneIsRefusedWithoutShowingItsKey(String text) {
    assertThatThrownBy(() -> Dsn.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .doesNotContain("k3y");
    assertThat(Dsn.shown(text)).doesNotContain("k3y", "s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://k3y:s3cret@host/1, ***@host/1",
    "https://k3y@host, ***@host",
    "k3y, ***",
    "'', ''"
  })
  void onlyWhatStandsBehindTheKeyIsShown(String text, String shown) {
    assertThat(Dsn.shown(text)).isEqualTo(shown);
  }
}
