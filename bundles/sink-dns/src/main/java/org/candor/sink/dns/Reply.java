package org.candor.sink.dns;

import java.util.ArrayList;
import java.util.List;
import org.candor.api.Bytes;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/**
 * The TXT records of an answer that are handed on.
 *
 * @param records the strings of each
 * @param found how many there were; the others were too many or too large
 */
record Reply(List<List<byte[]>> records, int found) {

  static final int MOST_RECORDS = 20;
  static final int MOST_BYTES = 16 * 1024;

  private static final int MOST_ALIASES = 16;

  /** Those of the name asked about, or of the name that it is an alias of. */
  static Reply of(Name asked, Message answer) {
    List<TXTRecord> texts = texts(asked, answer.getSection(Section.ANSWER));
    List<List<byte[]>> kept = new ArrayList<>();
    int bytes = 0;
    for (TXTRecord text : texts) {
      // With the byte that tells its length, so that empty strings are not free.
      int size = text.getStringsAsByteArrays().stream().mapToInt(string -> 1 + string.length).sum();
      if (kept.size() < MOST_RECORDS && bytes + size <= MOST_BYTES) {
        kept.add(text.getStringsAsByteArrays());
        bytes += size;
      }
    }
    return new Reply(kept, texts.size());
  }

  private static List<TXTRecord> texts(Name asked, List<Record> all) {
    Name name = asked;
    for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
      Name here = name;
      List<Record> its = all.stream().filter(record -> record.getName().equals(here)).toList();
      List<TXTRecord> texts =
          its.stream().filter(TXTRecord.class::isInstance).map(TXTRecord.class::cast).toList();
      List<CNAMERecord> alias =
          its.stream().filter(CNAMERecord.class::isInstance).map(CNAMERecord.class::cast).toList();
      if (!texts.isEmpty() || alias.isEmpty()) {
        return texts;
      }
      name = alias.get(0).getTarget();
    }
    return List.of();
  }

  /**
   * An array of records, each an array of its strings, as JSON in ASCII; a byte that is no
   * printable ASCII is the character of that number.
   */
  Bytes json() {
    StringBuilder json = new StringBuilder("[");
    String before = "";
    for (List<byte[]> record : records) {
      json.append(before).append('[');
      before = "";
      for (byte[] string : record) {
        json.append(before);
        quote(string, json);
        before = ",";
      }
      json.append(']');
      before = ",";
    }
    return Bytes.utf8(json.append(']').toString());
  }

  private static void quote(byte[] string, StringBuilder json) {
    json.append('"');
    for (byte octet : string) {
      char c = (char) (octet & 0xff);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
