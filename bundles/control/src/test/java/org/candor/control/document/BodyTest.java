package org.candor.control.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.candor.api.Bytes;
import org.junit.jupiter.api.Test;

class BodyTest {

  @Test
  void textStaysText() {
    assertThat(Body.of(Bytes.utf8("ä"))).isEqualTo(new Body("utf-8", "ä"));
  }

  @Test
  void otherBytesCanBeHadBack() {
    assertThat(Body.of(Bytes.copyOf(new byte[] {(byte) 0xff, 0})))
        .isEqualTo(new Body("base64", "/wA="));
  }
}
