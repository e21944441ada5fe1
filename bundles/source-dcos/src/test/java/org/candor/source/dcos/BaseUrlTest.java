package org.candor.source.dcos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class BaseUrlTest {

  private final BaseUrl base = new BaseUrl("mesosUrl", LoggerFactory.getLogger(BaseUrlTest.class));

  @Test
  void nothingIsAskedUnlessTheOwnerSaysWhere() {
    assertThat(base.get()).isEmpty();
    base.set(" ");
    assertThat(base.get()).isEmpty();
    assertThat(base.unconfigured().advice())
        .contains("Set mesosUrl in etc/org.candor.source.dcos.cfg.");
  }

  @Test
  void theLastGoodValueStaysWhateverItWas() {
    base.set("http://127.0.0.1:5050");
    base.set("ftp://127.0.0.1");
    assertThat(base.get()).contains(URI.create("http://127.0.0.1:5050"));
    base.set("");
    base.set("http://user:password@127.0.0.1");
    assertThat(base.get()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:1,http://h:1/x/y",
    "https://h/,https://h/x/y",
    "http://h/mesos//,http://h/mesos/x/y",
    "http://[::1]:1050/%20?q#f,http://[::1]:1050/%20/x/y"
  })
  void aPathIsAskedBelowIt(URI base, URI expected) {
    assertThat(BaseUrl.below(base, "/x/y")).isEqualTo(expected);
  }
}
