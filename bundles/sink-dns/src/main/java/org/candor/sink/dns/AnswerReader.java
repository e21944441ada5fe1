package org.candor.sink.dns;

import java.util.List;
import java.util.stream.Collectors;
import org.candor.api.sink.Receipt;
import org.candor.sink.dns.NoAnswerException.Kind;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Says what an answer means that was asked for and can be read. */
final class AnswerReader {

  private static final int MOST_TYPES = 5;

  private AnswerReader() {}

  /**
   * @param from whose answer it is
   * @throws NoAnswerException when it says neither what there is nor that there is nothing
   */
  static Receipt receipt(Message answer, String from) throws NoAnswerException {
    return switch (answer.getRcode()) {
      case Rcode.NOERROR -> found(answer, from);
      case Rcode.NXDOMAIN ->
          Receipt.delivered("NXDOMAIN from " + from + ": nobody knows that name; " + check());
      default ->
          throw new NoAnswerException(
              Kind.DECLINED, from + " says " + Rcode.string(answer.getRcode()));
    };
  }

  private static Receipt found(Message answer, String from) {
    Reply reply = Reply.of(answer);
    if (reply.found() == 0) {
      return Receipt.delivered("NOERROR, no TXT record" + instead(answer, from) + "; " + check());
    }
    String said = "NOERROR, " + count(reply.found()) + " from " + from;
    int dropped = reply.found() - reply.records().size();
    Receipt receipt =
        Receipt.delivered(
            dropped == 0
                ? said
                : said
                    + "; of these "
                    + dropped
                    + " dropped: no more are read than "
                    + Reply.MOST_RECORDS
                    + " records and "
                    + Reply.MOST_BYTES
                    + " bytes");
    return reply.records().isEmpty() ? receipt : receipt.replying(reply.json());
  }

  private static String instead(Message answer, String from) {
    List<Record> records = answer.getSection(Section.ANSWER);
    String types =
        records.stream()
            .map(record -> Type.string(record.getType()))
            .distinct()
            .limit(MOST_TYPES)
            .collect(Collectors.joining(", "));
    return types.isEmpty() ? " from " + from : " but " + types + " from " + from;
  }

  private static String count(int records) {
    return records == 1 ? "1 TXT record" : records + " TXT records";
  }

  private static String check() {
    return "check zone in " + DnsSink.FILE;
  }
}
