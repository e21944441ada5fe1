package org.candor.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void whatIsCompressedIsMadeOnceAndReadsBackTheSame() throws Exception {
    Bytes bytes = Bytes.utf8("\"messageId\":\"äöü\"".repeat(10_000));
    Bytes gzip = bytes.gzip();
    assertThat(gzip.size()).isLessThan(bytes.size() / 50);
    assertThat(bytes.gzip()).isSameAs(gzip);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.toArray()))) {
      assertThat(Bytes.copyOf(in.readAllBytes())).isEqualTo(bytes);
    }
    assertThat(Bytes.empty().gzip().size()).isPositive();
  }
}
