package org.candor.itest.harness;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on 127.0.0.1, over UDP and TCP, that behaves as a test says. */
public final class OddNameServer implements AutoCloseable {

  private static final int HEADER = 12;
  private static final int ATTEMPTS = 20;

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Script script = query -> new byte[0];

  /** What it says to a query. */
  @FunctionalInterface
  public interface Script {

    /** What it says over UDP; nothing when empty. */
    byte[] answer(byte[] query);

    default byte[] overTcp(byte[] query) {
      return new byte[0];
    }
  }

  private OddNameServer(ServerSocket tcp, DatagramSocket udp) {
    this.tcp = tcp;
    this.udp = udp;
    start(this::serveUdp);
    start(this::serveTcp);
  }

  public static OddNameServer open() throws IOException {
    InetAddress host = InetAddress.getByName("127.0.0.1");
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      ServerSocket tcp = new ServerSocket(0, 10, host);
      try {
        return new OddNameServer(tcp, new DatagramSocket(tcp.getLocalPort(), host));
      } catch (BindException taken) {
        tcp.close();
      }
    }
    throw new BindException("no port is free for UDP and TCP");
  }

  public String place() {
    return "127.0.0.1:" + udp.getLocalPort();
  }

  /** How many packets came over UDP so far. */
  public int questions() {
    return questions.get();
  }

  public void behave(Script as) {
    script = as;
  }

  /** An answer without records. */
  public static byte[] code(byte[] query, int code) {
    byte[] answer = Arrays.copyOf(query, questionEnd(query));
    answer[2] = (byte) 0x81;
    answer[3] = (byte) (0x80 | code);
    Arrays.fill(answer, 6, HEADER, (byte) 0);
    return answer;
  }

  /** An answer with one record of the name that was asked about. */
  public static byte[] record(byte[] query, int type, byte[] content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      byte[] start = code(query, 0);
      start[7] = 1;
      out.write(start);
      out.writeShort(0xc000 | HEADER);
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(60);
      out.writeShort(content.length);
      out.write(content);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer with one TXT record of so many equal strings. */
  public static byte[] text(byte[] query, String text, int times) {
    byte[] string = (" " + text).getBytes(StandardCharsets.ISO_8859_1);
    string[0] = (byte) text.length();
    byte[] content = new byte[string.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(string, 0, content, i * string.length, string.length);
    }
    return record(query, 16, content);
  }

  /** The name of the record points at itself. */
  public static byte[] looping(byte[] query) {
    byte[] answer = text(query, "x", 1);
    int owner = questionEnd(query);
    answer[owner] = (byte) (0xc0 | owner >> 8);
    answer[owner + 1] = (byte) owner;
    return answer;
  }

  private static int questionEnd(byte[] query) {
    int end = HEADER;
    while (query[end] != 0) {
      end += 1 + query[end];
    }
    return end + 5;
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  private void serveUdp() {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    while (!udp.isClosed()) {
      try {
        udp.receive(packet);
        questions.incrementAndGet();
        byte[] said = script.answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        if (said.length > 0) {
          udp.send(new DatagramPacket(said, said.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed; what was missed shows in the test's own checks.
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket connection = tcp.accept()) {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] said = script.overTcp(in.readNBytes(in.readUnsignedShort()));
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(said.length);
        out.write(said);
        out.flush();
      } catch (IOException e) {
        // As above.
      }
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "test-odd-name-server");
    thread.setDaemon(true);
    thread.start();
  }
}
