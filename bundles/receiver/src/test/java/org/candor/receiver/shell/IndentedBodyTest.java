package org.candor.receiver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IndentedBodyTest {

  @Test
  void aDocumentIsIndented() {
    assertThat(IndentedBody.of("{\"a\":1.50}")).isEqualTo("{\n  \"a\": 1.50\n}");
  }

  @Test
  void soIsEveryDocumentOfAnEnvelope() {
    assertThat(IndentedBody.of("{\"a\":1}\n{\"b\":2}\nplain {text\n"))
        .isEqualTo("{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}\nplain {text");
  }

  @Test
  void anythingElseStaysAsItIs() {
    assertThat(IndentedBody.of("{no json")).isEqualTo("{no json");
  }
}
