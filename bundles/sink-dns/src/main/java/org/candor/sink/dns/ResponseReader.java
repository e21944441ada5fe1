package org.candor.sink.dns;

import java.util.stream.Collectors;
import org.candor.api.sink.Receipt;
import org.candor.sink.dns.NoAnswerException.Kind;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** DNS response codes (RCODE): says what an answer means that was asked for and can be read. */
final class ResponseReader {

  private static final int MOST_TYPES = 5;

  private ResponseReader() {}

  /**
   * @param from whose answer it is
   * @throws NoAnswerException when it says neither what there is nor that there is nothing
   */
  static Receipt receipt(Question question, Message answer, String from) throws NoAnswerException {
    return switch (answer.getRcode()) {
      case Rcode.NOERROR -> found(question, answer, from);
      case Rcode.NXDOMAIN ->
          Receipt.delivered("NXDOMAIN from " + from)
              .advising(
                  "The name server says that "
                      + name(question)
                      + " does not exist: "
                      + check("zone"));
      default ->
          throw new NoAnswerException(
              Kind.DECLINED, from + " says " + Rcode.string(answer.getRcode()));
    };
  }

  private static Receipt found(Question question, Message answer, String from) {
    Reply reply = Reply.of(question.asked(), answer);
    if (reply.found() == 0) {
      return withoutTexts(question, types(answer), from);
    }
    String said = "NOERROR, " + count(reply.found()) + " from " + from;
    int dropped = reply.found() - reply.records().size();
    if (dropped == 0) {
      return Receipt.delivered(said).replying(reply.json());
    }
    String bound = Reply.MOST_RECORDS + " records and " + Reply.MOST_BYTES + " bytes";
    Receipt receipt =
        Receipt.delivered(
            said + "; of these " + dropped + " dropped: no more are read than " + bound);
    return reply.records().isEmpty()
        ? receipt.advising(
            "The TXT records of "
                + name(question)
                + " are larger than the "
                + Reply.MOST_BYTES
                + " bytes that are read: "
                + check("zone and resolver"))
        : receipt.replying(reply.json());
  }

  private static Receipt withoutTexts(Question question, String types, String from) {
    return types.isEmpty()
        ? Receipt.delivered("NOERROR, no TXT record from " + from)
            .advising(
                "The name server has no TXT record of " + name(question) + ": " + check("zone"))
        : Receipt.delivered("NOERROR, no TXT record but " + types + " from " + from)
            .advising(
                "Instead of a TXT record of "
                    + name(question)
                    + " came "
                    + types
                    + ", as from a captive portal or a resolver that answers every name: "
                    + check("zone and resolver"));
  }

  private static String types(Message answer) {
    return answer.getSection(Section.ANSWER).stream()
        .map(record -> Type.string(record.getType()))
        .distinct()
        .limit(MOST_TYPES)
        .collect(Collectors.joining(", "));
  }

  private static String count(int records) {
    return records == 1 ? "1 TXT record" : records + " TXT records";
  }

  private static String name(Question question) {
    return question.name().text();
  }

  private static String check(String keys) {
    return "check " + keys + " in " + DnsSink.FILE + ", then ask again with telemetry:send dns.";
  }
}
