package org.candor.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {

  @ParameterizedTest
  @CsvSource({
    "503, 503.",
    "'503 ', 503.",
    "There was no answer in time., There was no answer in time.",
    "Who is it?, Who is it?",
    "'', ''"
  })
  void oneFullStopEndsASentence(String text, String sentence) {
    assertThat(Sentences.sentence(text)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 messages wait", "1, 1 message waits", "2, 2 messages wait"})
  void oneMessageWaitsAndTwoWait(long messages, String words) {
    assertThat(Sentences.waiting(messages)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"1, 1 queued message was erased", "2, 2 queued messages were erased"})
  void oneMessageWasErasedAndTwoWere(int messages, String words) {
    assertThat(Sentences.erased(messages)).isEqualTo(words + " after the owner's denial.");
  }
}
