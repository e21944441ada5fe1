package org.candor.sink.dns;

import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A question for the TXT records of a name.
 *
 * @param name asked about
 */
record Question(DomainName name) {

  private static final String END = ". IN TXT";

  /** How a question is written where people read it, whether or not it can be asked. */
  static String text(String relative, String zone) {
    return relative + "." + zone + END;
  }

  /** Reads what {@link #text} wrote; empty when that is no name of the DNS. */
  static Optional<Question> read(String text) {
    if (!text.endsWith(END)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Question(new DomainName(text.substring(0, text.length() - END.length()))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A query that asks it, under a random id. */
  Message query() {
    return Message.newQuery(Record.newRecord(asked(), Type.TXT, DClass.IN));
  }

  /** The name as dnsjava has it. */
  Name asked() {
    try {
      return Name.fromString(name.text() + ".");
    } catch (TextParseException e) {
      throw new IllegalStateException("every domain name is a name", e);
    }
  }
}
