package org.candor.sink.dns;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.candor.api.Bytes;
import org.candor.api.Deadline;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.http.HttpAnswer;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;
import org.candor.http.Receipts;
import org.candor.sink.dns.NoAnswerException.Kind;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Asks by DNS over HTTPS: RFC 8484, with POST. */
final class OverHttps {

  private static final String DNS = "application/dns-message";

  private final HttpTransport http;
  private final Receipts receipts;

  OverHttps(HttpTransport http, Clock clock) {
    this.http = http;
    this.receipts = new Receipts(clock);
  }

  /**
   * @throws NoAnswerException when what came is no answer
   * @throws IOException when the deadline was cancelled
   */
  Receipt ask(Question question, URI url, Deadline deadline) throws IOException {
    byte[] query = query(question);
    HttpAnswer answer;
    try {
      answer =
          http.exchange(HttpCall.post(url, DNS, Bytes.copyOf(query)).with("Accept", DNS), deadline);
    } catch (IOException e) {
      if (deadline.isCancelled()) {
        throw e;
      }
      throw new NoAnswerException(
          e instanceof SocketTimeoutException ? Kind.SILENT : Kind.UNREACHABLE,
          receipts.of(e).answer());
    }
    if (answer.status() / 100 != 2) {
      return declined(receipts.of(answer));
    }
    return ResponseReader.receipt(
        question, message(query, answer, url.getAuthority()), url.getAuthority());
  }

  // Id 0, because caches of HTTP compare bodies (section 4.1).
  private static byte[] query(Question question) {
    Message query = question.query();
    query.getHeader().setID(0);
    query.addRecord(new OPTRecord(NameServers.UDP_SIZE, 0, 0, 0, List.of()), Section.ADDITIONAL);
    return query.toWire();
  }

  // A status speaks of the address or of the server's condition, never of this question.
  private static Receipt declined(Receipt receipt) {
    Receipt retry =
        receipt.outcome() == Outcome.REFUSED ? Receipt.retry(receipt.answer()) : receipt;
    return retry.pause().isPresent()
        ? retry
        : Kind.DECLINED.rest().map(retry::resting).orElse(retry);
  }

  private static Message message(byte[] query, HttpAnswer answer, String from)
      throws NoAnswerException {
    String type = answer.header("Content-Type").orElse("no type");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(DNS)) {
      throw new NoAnswerException(
          Kind.DECLINED, from + " answers with " + type + " and not with " + DNS);
    }
    byte[] said = answer.body().toArray();
    if (said.length > Message.MAXLENGTH || !Echo.answers(query, said)) {
      throw new NoAnswerException(Kind.DECLINED, from + " answers another question");
    }
    try {
      return new Message(said);
    } catch (IOException | RuntimeException e) {
      throw new NoAnswerException(Kind.DECLINED, NameServers.unreadable(from, e));
    }
  }
}
