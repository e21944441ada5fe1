package org.candor.receiver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * DNS query with one question, and the answer to it.
 *
 * @param id of the query
 * @param recursion whether recursion is desired, which an answer repeats
 * @param question as it came: name, type, class
 * @param room bytes of an answer that the asker takes over UDP (RFC 6891); empty when it does not
 *     say
 */
record DnsQuery(int id, boolean recursion, Record question, Optional<Integer> room) {

  private static final int MOST_STRING = 255;
  private static final int LEAST_ROOM = 512;
  private static final int MOST_ROOM = 1232;

  /** Reads a query; empty when it is none, or has another form. */
  static Optional<DnsQuery> read(byte[] message) {
    try {
      return of(new Message(message));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<DnsQuery> of(Message query) {
    if (query.getHeader().getFlag(Flags.QR)
        || query.getHeader().getOpcode() != Opcode.QUERY
        || query.getHeader().getCount(Section.QUESTION) != 1
        || query.getHeader().getCount(Section.ANSWER) != 0
        || query.getHeader().getCount(Section.AUTHORITY) != 0) {
      return Optional.empty();
    }
    return Optional.of(
        new DnsQuery(
            query.getHeader().getID(),
            query.getHeader().getFlag(Flags.RD),
            query.getQuestion(),
            Optional.ofNullable(query.getOPT())
                .map(
                    options ->
                        Math.max(LEAST_ROOM, Math.min(MOST_ROOM, options.getPayloadSize())))));
  }

  /** The name as text, without the dot at its end; what is no printable ASCII as {@code \DDD}. */
  String name() {
    return question.getName().toString(true);
  }

  /** Whether TXT records of the Internet are asked for. */
  boolean isForText() {
    return question.getType() == Type.TXT && question.getDClass() == DClass.IN;
  }

  /** The answer for UDP: without records, and saying so, when they are too large. */
  byte[] overUdp(String text) {
    byte[] whole = overTcp(text);
    if (whole.length <= room.orElse(LEAST_ROOM)) {
      return whole;
    }
    Message cut = answer();
    cut.getHeader().setFlag(Flags.TC);
    return cut.toWire();
  }

  /** The answer: one TXT record with the text, in pieces of 255 bytes; none for no text. */
  byte[] overTcp(String text) {
    Message answer = answer();
    if (isForText() && !text.isEmpty()) {
      answer.addRecord(
          Record.newRecord(question.getName(), Type.TXT, DClass.IN, 0, strings(text)),
          Section.ANSWER);
    }
    return answer.toWire();
  }

  private Message answer() {
    Message answer = new Message(id);
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    if (recursion) {
      answer.getHeader().setFlag(Flags.RD);
    }
    answer.addRecord(question, Section.QUESTION);
    if (room.isPresent()) {
      answer.addRecord(new OPTRecord(MOST_ROOM, 0, 0), Section.ADDITIONAL);
    }
    return answer;
  }

  // As they lie on the wire, since dnsjava takes backslashes of a string for escapes.
  private static byte[] strings(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    for (int start = 0; start < bytes.length; start += MOST_STRING) {
      int length = Math.min(MOST_STRING, bytes.length - start);
      strings.write(length);
      strings.write(bytes, start, length);
    }
    return strings.toByteArray();
  }
}
