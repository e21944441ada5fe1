package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.junit.jupiter.api.Test;

class RememberedFileTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void whatLayersSaidIsTakenOverAndADenialStands() throws IOException {
    AnswerBook book =
        read("a/usage = allows it said so\nb/errors = Silent\nc/version-check = forbids no more\n");
    assertThat(book.remembered().get("a/usage").verdict()).isEqualTo(Verdict.allows("it said so"));
    assertThat(book.remembered().get("b/errors").verdict().answer()).isEqualTo(LayerAnswer.SILENT);
    assertThat(book.remembered().get("b/errors").verdict().why()).isEmpty();
    assertThat(book.denials().values()).hasSize(1);
    Denial denial = book.stage().findFirst().orElseThrow();
    assertThat(denial.subject()).isEqualTo(Subject.of(Purpose.VERSION_CHECK));
    assertThat(denial.origin()).isEqualTo("c");
    assertThat(denial.why()).isEqualTo("no more");
    assertThat(denial.at()).isEqualTo(NOON);
    assertThat(denial.answerer().way().label()).isEqualTo("c");
  }

  @Test
  void whatNobodyUnderstandsForbids() throws IOException {
    assertThat(read("a/usage = perhaps").denials()).hasSize(1);
  }

  @Test
  void eachReadGivesADenialTheSameId() throws IOException {
    assertThat(read("a/usage = forbids x").denials().keySet())
        .isEqualTo(read("a/usage = forbids x").denials().keySet())
        .isNotEqualTo(read("b/usage = forbids x").denials().keySet());
  }

  @Test
  void whatIsOfNoLayerOrPurposeOrSaysNothingIsLeftOut() throws IOException {
    assertThat(read("/usage = forbids\nusage = forbids\na/other = forbids\na/usage = \n"))
        .isEqualTo(AnswerBook.EMPTY);
  }

  private static AnswerBook read(String text) throws IOException {
    return RememberedFile.read(text, NOON);
  }
}
