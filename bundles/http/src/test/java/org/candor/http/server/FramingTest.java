package org.candor.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two servers could read in two ways is refused (RFC 9112). */
class FramingTest {

  private static RequestHead head(String text) throws IOException {
    return HeadReader.read(stream(text));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aRequestAsClientsSendIt() throws Exception {
    RequestHead head =
        head(
            "PUT /a%20b?c=d HTTP/1.1\r\nhost: x:1\r\nContent-Length:  12 \r\nA: b\r\na: ü\r\n\r\n");
    assertThat(head.method()).isEqualTo("PUT");
    assertThat(head.target().getPath()).isEqualTo("/a b");
    assertThat(head.target().getRawQuery()).isEqualTo("c=d");
    assertThat(head.framing()).isEqualTo(new BodyFraming(false, 12));
    assertThat(head.headers().get("A")).containsExactly("b", "ü");
    assertThat(head.wantsToClose()).isFalse();
    assertThat(head("GET http://x/y HTTP/1.1\r\nHost: X\r\n\r\n").target().getPath())
        .isEqualTo("/y");
    assertThat(head("GET / HTTP/1.0\r\n\r\n").wantsToClose()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: +2\r\n",
        "Content-Length: -2\r\n",
        "Content-Length: 0x2\r\n",
        "Content-Length: 2, 2\r\n",
        "Content-Length: 2\r\nContent-Length: 2\r\n",
        "Content-Length: 9999999999999999999\r\n",
        "Content-Length:\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding:\u000bchunked\r\n",
        "Content-Length: 2\n",
        "X: y\rContent-Length: 2\r\n",
        "X: y\r\n Content-Length: 2\r\n",
        "X: y\r\n\tz\r\n",
        " X: y\r\n",
        "X y\r\n",
        "X: a\0b\r\n",
        "Host: other\r\n"
      })
  void aHeadThatTwoServersCouldReadInTwoWays(String headers) {
    assertThatThrownBy(() -> head("POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n"))
        .isInstanceOf(BadRequestException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /\r\nHost: x\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://y/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\nHost: x\n\n"
      })
  void aRequestThatIsNone(String head) {
    assertThatThrownBy(() -> head(head)).isInstanceOf(BadRequestException.class);
  }

  @Test
  void aHeadHasAnEnd() {
    assertThatThrownBy(() -> head("GET /" + "a".repeat(40_000)))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(
            () -> head("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(101) + "\r\n"))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void blanksCostNoTime() throws Exception {
    String blank = "a: b" + " ".repeat(30_000) + "c \t\r\n";
    long begin = System.nanoTime();
    assertThat(head("GET / HTTP/1.1\r\nHost: x\r\n" + blank + "\r\n").headers().getFirst("a"))
        .hasSize(30_002);
    assertThat(System.nanoTime() - begin).isLessThan(200_000_000L);
  }

  @Test
  void chunksAreReadToTheirEndAndNoFurther() throws Exception {
    InputStream in = stream("3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\nnext");
    assertThat(new String(new ChunkedInput(in).readAllBytes(), StandardCharsets.US_ASCII))
        .isEqualTo("abc0123456789");
    assertThat(in.readAllBytes()).asString().isEqualTo("next");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+3\r\nabc\r\n0\r\n\r\n",
        "-3\r\nabc\r\n0\r\n\r\n",
        "0x3\r\nabc\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n",
        "3\nabc\n0\n\n",
        "3;a\nb\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\nabc",
        "\r\nabc\r\n0\r\n\r\n"
      })
  void aChunkThatTwoServersCouldReadInTwoWays(String body) {
    assertThatThrownBy(() -> new ChunkedInput(stream(body)).readAllBytes())
        .isInstanceOf(BadRequestException.class);
  }
}
