package org.candor.source.dcos.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.candor.http.json.JsonFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static final long GIGANTIC = 1L << 30;
  private static final String NAME = "n\u00e4me";

  @Test
  void readsWhatItIsAskedFor() throws IOException {
    JsonScanner json =
        scanner("{ \"a\" : [ \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20AC\" , -1.5e2, null]}");
    assertThat(json.beginObject()).isTrue();
    assertThat(json.hasNext()).isTrue();
    assertThat(json.name()).isEqualTo("a");
    assertThat(json.beginArray()).isTrue();
    assertThat(json.hasNext()).isTrue();
    assertThat(json.text()).contains("\"\\/\b\f\n\r\t\u20ac");
    assertThat(json.hasNext()).isTrue();
    assertThat(json.number()).contains(-150.0);
    assertThat(json.hasNext()).isTrue();
    assertThat(json.number()).isEmpty();
    assertThat(json.hasNext()).isFalse();
    assertThat(json.hasNext()).isFalse();
    json.end();
  }

  @Test
  void aNameIsFoundWhereverTheBufferEnds() throws IOException {
    for (int chunk = 1; chunk < 20; chunk++) {
      String text = "{\"n\u00e4me\":1,\"n\\u00e4me\":2,\"name\":3,\"n\u00e4m\":4,\"n\u00e4mes\":5}";
      JsonScanner json = new JsonScanner(new Chunks(text.getBytes(StandardCharsets.UTF_8), chunk));
      json.beginObject();
      List<Double> found = new ArrayList<>();
      while (json.hasNext()) {
        if (json.nameIs(NAME)) {
          json.number().ifPresent(found::add);
        } else {
          json.skipValue();
        }
      }
      json.end();
      assertThat(found).as("chunks of %d", chunk).containsExactly(1.0, 2.0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[{\"a\":[\"", "[\"x\\", "[\"\\u12", "[1", "[1.", "[tru", "{\"a\""})
  void whatBreaksOffIsRefused(String start) {
    assertRefused(() -> skipAll(bytes(start)), ", at character ");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertRefused(
        () -> scanner("{\"a\": 1; }").skipValue(),
        "(';' (code 59)): was expecting comma to separate Object entries, at character 8");
    assertRefused(
        () -> scanner("[1]").beginObject(), "an array where an object is due, at character 1");
  }

  @Test
  void deepNestingIsRefused() {
    assertRefused(() -> scanner("[".repeat(1_000_000)).skipValue(), "nesting depth (65)");
    assertRefused(() -> scanner("{\"a\":".repeat(1_000_000)).skipValue(), "nesting depth (65)");
  }

  @Test
  void aGiganticStringIsRefusedWithoutReadingItAll() {
    for (String start : List.of("\"", "[\"", "{\"", "{\"a\":\"")) {
      Endless in = new Endless(start, "x");
      assertRefused(() -> skipAll(in), "more than 1048576 characters");
      assertThat(in.served).isLessThan(2L << 20);
    }
    assertRefused(() -> skipAll(new Endless("\"", "\\\"")), "more than 1048576 characters");
  }

  @Test
  void aGiganticNameOrTextOrNumberIsRefused() {
    assertRefused(
        () -> {
          JsonScanner json = new JsonScanner(new Endless("{\"", "x"));
          json.beginObject();
          json.hasNext();
          json.nameIs(NAME);
        },
        "more than 1048576 characters");
    assertRefused(
        () -> scanner("\"" + "x".repeat(1025) + "\"").text(), "more than 1024 characters");
    assertRefused(() -> new JsonScanner(new Endless("1", "0")).skipValue(), "more than");
    assertRefused(() -> scanner("1e999").number(), "beyond");
  }

  @Test
  void aLongNameIsJustAnother() throws IOException {
    JsonScanner json = scanner("{\"" + "n\u00e4me".repeat(100_000) + "\":1}");
    json.beginObject();
    json.hasNext();
    assertThat(json.nameIs(NAME)).isFalse();
  }

  @Test
  void aLongStringIsSkipped() throws IOException {
    JsonScanner json = scanner("\"" + "x".repeat(1_000_000) + "\"");
    assertThat(json.textIsEmpty()).isFalse();
    json.end();
  }

  private static void assertRefused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading)
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining(message);
  }

  private static void skipAll(InputStream in) throws IOException {
    JsonScanner json = new JsonScanner(in);
    json.skipValue();
    json.end();
  }

  private static JsonScanner scanner(String text) throws IOException {
    return new JsonScanner(bytes(text));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives at most so many bytes at a time. */
  private static final class Chunks extends ByteArrayInputStream {
    private final int chunk;

    Chunks(byte[] bytes, int chunk) {
      super(bytes);
      this.chunk = chunk;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, chunk));
    }
  }

  /** A start, and then a gigabyte of the same. */
  private static final class Endless extends InputStream {
    private final byte[] start;
    private final byte[] rest;
    private long served;

    Endless(String start, String rest) {
      this.start = start.getBytes(StandardCharsets.UTF_8);
      this.rest = rest.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      long at = served++;
      if (at < start.length) {
        return start[(int) at];
      }
      return at < GIGANTIC ? rest[(int) ((at - start.length) % rest.length)] : -1;
    }
  }
}
