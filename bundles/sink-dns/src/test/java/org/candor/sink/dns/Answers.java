package org.candor.sink.dns;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.function.UnaryOperator;
import org.candor.sink.dns.FakeNameServer.Datagrams;
import org.candor.sink.dns.FakeNameServer.Script;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Scripts of name servers, most of which one would rather not meet. */
final class Answers {

  /** Where the packed 12 bytes of header end and the question begins. */
  private static final int HEADER = 12;

  private Answers() {}

  static Script always(UnaryOperator<byte[]> answer) {
    return new Script() {
      @Override
      public void overUdp(byte[] query, Datagrams back) throws IOException {
        back.send(answer.apply(query));
      }

      @Override
      public void overTcp(byte[] query, Socket connection) throws IOException {
        write(connection, answer.apply(query));
      }
    };
  }

  /** Cuts its answers over UDP short, and lets the other script go on over TCP. */
  static Script truncated(TcpScript overTcp) {
    return new Script() {
      @Override
      public void overUdp(byte[] query, Datagrams back) throws IOException {
        Message answer = reply(query, Rcode.NOERROR);
        answer.getHeader().setFlag(Flags.TC);
        back.send(answer.toWire());
      }

      @Override
      public void overTcp(byte[] query, Socket connection) throws IOException {
        overTcp.play(query, connection);
      }
    };
  }

  @FunctionalInterface
  interface TcpScript {
    void play(byte[] query, Socket connection) throws IOException;
  }

  static Script texts(String... texts) {
    return always(
        query -> {
          Message answer = reply(query, Rcode.NOERROR);
          for (String text : texts) {
            answer.addRecord(txt(answer.getQuestion().getName(), text), Section.ANSWER);
          }
          return answer.toWire();
        });
  }

  static Script code(int rcode) {
    return always(query -> reply(query, rcode).toWire());
  }

  static Script silence() {
    return (query, back) -> {};
  }

  /** The right answer, from a port that was not asked. */
  static Script fromElsewhere() {
    return (query, back) -> {
      try (DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
        new Datagrams(other, back.to()).send(txtReply(query, "elsewhere"));
      }
    };
  }

  /** A name that points at itself. */
  static byte[] looping(byte[] query) {
    byte[] answer = txtReply(query, "x");
    int owner = questionEnd(query);
    answer[owner] = (byte) 0xc0;
    answer[owner + 1] = (byte) owner;
    return answer;
  }

  static byte[] withId(byte[] message, int id) {
    byte[] changed = message.clone();
    changed[0] = (byte) (id >> 8);
    changed[1] = (byte) id;
    return changed;
  }

  static byte[] otherQuestion(byte[] query) {
    byte[] answer = txtReply(query, "x");
    answer[HEADER + 1] = (byte) (answer[HEADER + 1] == 'z' ? 'y' : 'z');
    return answer;
  }

  static byte[] txtReply(byte[] query, String... strings) {
    Message answer = reply(query, Rcode.NOERROR);
    answer.addRecord(
        new TXTRecord(answer.getQuestion().getName(), DClass.IN, 60, List.of(strings)),
        Section.ANSWER);
    return answer.toWire();
  }

  static TXTRecord txt(Name name, String text) {
    return new TXTRecord(name, DClass.IN, 60, List.of(text));
  }

  /** What a portal says to everything. */
  static byte[] portal(byte[] query) {
    try {
      Message answer = reply(query, Rcode.NOERROR);
      Name login = Name.fromString("login.portal.example.");
      answer.addRecord(
          new CNAMERecord(answer.getQuestion().getName(), DClass.IN, 60, login), Section.ANSWER);
      Record address = new ARecord(login, DClass.IN, 60, InetAddress.getByName("10.0.0.1"));
      answer.addRecord(address, Section.ANSWER);
      return answer.toWire();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Message reply(byte[] query, int rcode) {
    try {
      Message asked = new Message(query);
      Message answer = new Message(asked.getHeader().getID());
      answer.getHeader().setFlag(Flags.QR);
      answer.getHeader().setFlag(Flags.RD);
      answer.getHeader().setFlag(Flags.RA);
      answer.getHeader().setRcode(rcode);
      answer.addRecord(asked.getQuestion(), Section.QUESTION);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Socket connection, byte[] message) throws IOException {
    write(connection, message.length, message);
  }

  static void write(Socket connection, int length, byte[] message) throws IOException {
    byte[] frame = new byte[2 + message.length];
    frame[0] = (byte) (length >> 8);
    frame[1] = (byte) length;
    System.arraycopy(message, 0, frame, 2, message.length);
    OutputStream out = connection.getOutputStream();
    out.write(frame);
    out.flush();
  }

  static int questionEnd(byte[] query) {
    int end = HEADER;
    while (query[end] != 0) {
      end += 1 + query[end];
    }
    return end + 5;
  }
}
