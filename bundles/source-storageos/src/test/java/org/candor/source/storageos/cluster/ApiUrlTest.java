package org.candor.source.storageos.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://h:5705,default,http://h:5705/v1/default",
    "https://h/,a/b,https://h/v1/a%2Fb",
    "http://h/proxy//,a b?c#d,http://h/proxy/v1/a%20b%3Fc%23d",
    "http://[::1]:5705/?q#f,%2e;ü,http://[::1]:5705/v1/%252e%3B%C3%BC",
    "http://h,a-b.c_d~e,http://h/v1/a-b.c_d~e"
  })
  void aSegmentIsOneSegment(URI base, String segment, URI expected) {
    assertThat(new ApiUrl(base).at("v1", segment)).isEqualTo(expected);
  }
}
