package org.candor.sink.dns;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Tells an answer to a query from what else may come in: it has the query's id and repeats its
 * question (RFC 5452, section 9.1), in letters of whatever case.
 */
final class Echo {

  private static final int HEADER = 12;
  private static final int FLAGS = 2;
  private static final int RESPONSE = 0x80;
  private static final int RCODE = 0x0f;
  private static final int QUESTIONS = 4;
  private static final int TYPE_AND_CLASS = 4;

  private Echo() {}

  /**
   * @param query as it was sent, with one question
   */
  static boolean answers(byte[] query, byte[] said) {
    if (said.length < HEADER
        || said[0] != query[0]
        || said[1] != query[1]
        || (said[FLAGS] & RESPONSE) == 0) {
      return false;
    }
    int questions = (said[QUESTIONS] & 0xff) << 8 | said[QUESTIONS + 1] & 0xff;
    if (questions == 0) {
      // Some servers that say no do not repeat what to.
      return (said[FLAGS + 1] & RCODE) != 0;
    }
    int length = questionLength(query);
    return questions == 1
        && said.length >= HEADER + length
        && question(query, length).equals(question(said, length));
  }

  private static int questionLength(byte[] query) {
    int end = HEADER;
    while (query[end] != 0) {
      end += 1 + (query[end] & 0xff);
    }
    return end + 1 + TYPE_AND_CLASS - HEADER;
  }

  private static String question(byte[] message, int length) {
    return new String(message, HEADER, length, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT);
  }
}
