package org.candor.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class JsonTest {

  private static final JsonLimits LIMITS = JsonLimits.ofTokens(1 << 18, 64);

  @Test
  void skippingTakesAWholeValueOfAnyType() throws IOException {
    Json json =
        json("{\"a\":{\"b\":[1,{\"c\":\"}\"},[]]},\"d\":null,\"e\":-1.5e9,\"f\":true,\"g\":\"h\"}");
    List<String> names = new ArrayList<>();
    json.members(
        name -> {
          names.add(name);
          json.skip();
        });
    json.end();
    assertThat(names).containsExactly("a", "d", "e", "f", "g");
  }

  @Test
  void nothingIsAnEmptyListObjectAndText() throws IOException {
    List<String> seen = new ArrayList<>();
    Json json = json("[null,null,null]");
    json.items(
        () -> {
          json.items(() -> seen.add("item"));
          json.members(seen::add);
          seen.add(json.text());
        });
    assertThat(seen).containsExactly("");
  }

  @Test
  void aTextIsReadAndAnythingElseSkipped() throws IOException {
    List<String> seen = new ArrayList<>();
    Json json = json("[\"a\",1,null,{\"b\":[]},true,\"\"]");
    json.items(() -> seen.add(json.textOrElse("-")));
    json.end();
    assertThat(seen).containsExactly("a", "-", "-", "-", "-", "");
  }

  @Test
  void whatIsWrongIsSaidAndNotHowToLetItPass() {
    assertThatThrownBy(() -> json("nonsense").text())
        .isInstanceOf(JsonFormatException.class)
        .hasMessageStartingWith("malformed JSON at line 1");
  }

  @Test
  void aStreamThatBreaksOffIsNoMistakeOfTheDocument() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new EOFException("cut");
          }
        };
    Json json = new Json(new SequenceInputStream(bytes("[{"), broken), LIMITS);
    assertThatThrownBy(() -> json.items(json::skip))
        .isInstanceOf(EOFException.class)
        .hasMessage("cut");
    Json whole = json("[{");
    assertThatThrownBy(() -> whole.items(whole::skip)).isInstanceOf(JsonFormatException.class);
  }

  @Test
  void moreThanTheDocumentMayHaveIsRefused() throws IOException {
    JsonLimits four = JsonLimits.ofDocument(4, 64);
    assertThat(Json.read(bytes("[[]]"), four, JsonTest::skipped)).isTrue();
    assertThatThrownBy(() -> Json.read(bytes("[[] ]"), four, JsonTest::skipped))
        .isInstanceOf(JsonFormatException.class)
        .hasMessage("more than 4 bytes");
  }

  @Test
  void aDocumentThatIsAllThereHasToBeUtf8AndWithinItsBounds() throws IOException {
    JsonLimits four = JsonLimits.ofDocument(4, 64);
    Json json = Json.of(utf8("\"\u00e4\""), four);
    assertThat(json.isText()).isTrue();
    assertThat(json.text()).isEqualTo("\u00e4");
    json.end();
    assertThatThrownBy(() -> Json.of(ByteBuffer.wrap(new byte[] {'"', (byte) 0xe4, '"'}), four))
        .isInstanceOf(CharacterCodingException.class);
    assertThatThrownBy(() -> Json.of(utf8("[[] ]"), four))
        .isInstanceOf(JsonFormatException.class)
        .hasMessage("more than 4 bytes");
  }

  @Test
  void aTreeIsAWholeValueByTheLetter() throws IOException {
    Json json = json("[{\"a\":[1.50,{\"b\":null}],\"a\":\"2\"},[1E2],null]");
    List<String> trees = new ArrayList<>();
    assertThat(json.isList()).isTrue();
    json.items(() -> trees.add(json.tree().toString()));
    json.end();
    assertThat(trees).containsExactly("{\"a\":\"2\"}", "[1E2]", "null");
    for (String wrong :
        new String[] {
          "", "{", "{a:1}", "[1,]", "[01]", "['a']", "{\"a\":1;}", "[\"\\x\"]", "tRue"
        }) {
      assertThatThrownBy(() -> json(wrong).tree())
          .as(wrong)
          .isInstanceOf(JsonFormatException.class);
    }
    assertThatThrownBy(() -> json("[".repeat(65)).tree()).isInstanceOf(JsonFormatException.class);
  }

  @Test
  void whatAReaderThrowsComesOut() {
    Json json = json("[{\"a\":1}]");
    assertThatThrownBy(
            () ->
                json.items(
                    () ->
                        json.members(
                            name -> {
                              throw new TimeoutException(name);
                            })))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("a");
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean skipped(Json json) throws IOException {
    json.skip();
    return true;
  }

  private static Json json(String text) {
    return new Json(bytes(text), LIMITS);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
