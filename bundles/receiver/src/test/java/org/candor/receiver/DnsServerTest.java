package org.candor.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class DnsServerTest {

  private static final Duration SOON = Duration.ofMillis(20);
  private static final int TXT = 16;
  private static final int ADDRESS = 1;

  private final Inbox inbox = new Inbox(Clock.systemUTC());
  private volatile String answer = "v=1";
  private final DnsServer server = new DnsServer(inbox, () -> answer, SOON);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aQuestionIsKeptAndAnswered() throws Exception {
    byte[] said = overUdp(query("Node.v1.example", TXT, 1232));

    // Checked by hand against RFC 1035, 4.1 and RFC 6891, 6.1.
    assertThat(HexFormat.of().formatHex(said))
        .isEqualTo(
            "abcd8180"
                + "0001000100000001"
                + "044e6f6465027631076578616d706c650000100001"
                + "c00c00100001000000000004"
                + "03763d31"
                + "00002904d0000000000000");
    assertThat(inbox.entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.channel()).isEqualTo("dns");
              assertThat(entry.body().utf8()).isEqualTo("Node.v1.example");
            });
  }

  @Test
  void withoutATextThereIsNoRecord() throws Exception {
    answer = "";
    byte[] said = overUdp(query("a.example", TXT, 0));
    assertThat(answers(said)).isZero();
    assertThat(said[3] & 0x0f).isZero();
    assertThat(said[11]).isZero();
    assertThat(inbox.entries()).hasSize(1);
  }

  @Test
  void otherTypesGetNoRecordAndAreNotKept() throws Exception {
    assertThat(answers(overUdp(query("a.example", ADDRESS, 1232)))).isZero();
    assertThat(inbox.entries()).isEmpty();
  }

  @Test
  void aLongTextComesInPieces() throws Exception {
    answer = "x".repeat(255) + "y".repeat(245);
    String said = new String(overUdp(query("a.example", TXT, 4096)), StandardCharsets.ISO_8859_1);
    assertThat(said).contains("\u00ff" + "x".repeat(255) + "\u00f5" + "y".repeat(245));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 512, 1232, 65_535})
  void whatDoesNotFitIsCutAndComesOverTcp(int room) throws Exception {
    answer = "z".repeat(room < 1232 ? 500 : 1300);
    byte[] cut = overUdp(query("a.example", TXT, room));
    assertThat(cut[2] & 0x02).isEqualTo(2);
    assertThat(answers(cut)).isZero();

    byte[] whole = overTcp(query("a.example", TXT, room)).orElseThrow();
    assertThat(whole[2] & 0x02).isZero();
    assertThat(whole).hasSizeGreaterThan(answer.length());
  }

  @Test
  void oneConnectionTakesSeveralQuestions() throws Exception {
    try (Socket socket = new Socket(loopback(), port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(answers(ask(socket, query("a" + i + ".example", TXT, 0)))).isEqualTo(1);
      }
    }
    assertThat(inbox.entries())
        .extracting(entry -> entry.body().utf8())
        .containsExactly("a0.example", "a1.example", "a2.example");
  }

  @Test
  void whatIsNoQueryGetsNoAnswerAndHarmsNothing() throws Exception {
    Random random = new Random(4);
    byte[] good = query("node.cluster.v1.example", TXT, 1232);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(loopback(), port()));
      for (int i = 0; i < 20_000; i++) {
        byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 10));
        for (int j = 0; j < bad.length && j < 4; j++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        DnsQuery.read(bad).ifPresent(query -> query.overUdp(answer));
        if (i % 100 == 0) {
          socket.send(new DatagramPacket(bad, bad.length));
        }
      }
    }
    byte[] response = good.clone();
    response[2] |= (byte) 0x80;
    assertThat(DnsQuery.read(response)).isEmpty();
    assertThat(overTcp(response)).isEmpty();
    assertThat(answers(overUdp(good))).isEqualTo(1);
  }

  @Test
  void controlCharactersOfANameAreWrittenOut() {
    byte[] query = query("a_b.example", TXT, 0);
    query[14] = 7;
    assertThat(DnsQuery.read(query).orElseThrow().name()).isEqualTo("a\\007b.example");
  }

  @Test
  void aPortThatIsTakenIsTriedAgainUntilItIsFree() throws Exception {
    ServerSocket other = new ServerSocket(0, 1, loopback());
    try (other) {
      server.serve(other.getLocalPort());
      try (DnsServer witness = new DnsServer(inbox, () -> "", SOON)) {
        witness.serve(0);
        Eventually.get(witness::port);
      }
      assertThat(server.port()).isEmpty();
    }
    assertThat(Eventually.get(server::port)).isEqualTo(other.getLocalPort());
  }

  @Test
  void whileAnotherPortIsTakenTheFirstIsServed() throws Exception {
    int first = port();
    try (ServerSocket other = new ServerSocket(0, 1, loopback())) {
      server.serve(other.getLocalPort());
      try (DnsServer witness = new DnsServer(inbox, () -> "", SOON)) {
        witness.serve(0);
        Eventually.get(witness::port);
      }
      assertThat(server.port()).contains(first);
      assertThat(answers(overUdp(query("a.example", TXT, 0)))).isEqualTo(1);
    }
    Eventually.is(() -> server.port().filter(port -> port != first).isPresent());
    assertThat(answers(overUdp(query("a.example", TXT, 0)))).isEqualTo(1);
  }

  @Test
  void anotherPortReplacesTheFirst() throws Exception {
    int first = port();
    int second;
    try (ServerSocket free = new ServerSocket(0, 1, loopback())) {
      second = free.getLocalPort();
    }
    server.serve(second);
    Eventually.is(() -> server.port().filter(port -> port == second).isPresent());
    assertThat(answers(overUdp(query("a.example", TXT, 0)))).isEqualTo(1);
    new ServerSocket(first, 1, loopback()).close();
  }

  @Test
  void afterTheEndThePortIsFreeAndNoThreadIsLeftEvenInTheMiddleOfAQuestion() throws Exception {
    Set<Thread> before = threads();
    Receiver receiver = new Receiver(TestConfig.NORMAL, Clock.systemUTC());
    int port = Eventually.get(receiver::dnsPort);
    try (Socket silent = new Socket(loopback(), port)) {
      silent.getOutputStream().write(new byte[] {1});
      assertThat(ask(port, query("a.example", TXT, 0))).contains((byte) 'c', (byte) 'a');
      long start = System.nanoTime();
      receiver.deactivate();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
    assertThat(receiver.entries()).hasSize(1);
    new ServerSocket(port, 1, loopback()).close();
    new DatagramSocket(port, loopback()).close();
    Eventually.is(() -> before.containsAll(threads()));
  }

  @Test
  void stoppingBeforeThePortIsBoundLeavesNothing() {
    Set<Thread> before = threads();
    for (int i = 0; i < 20; i++) {
      DnsServer hasty = new DnsServer(inbox, () -> "", SOON);
      hasty.serve(0);
      hasty.close();
      assertThat(hasty.port()).isEmpty();
    }
    Eventually.is(() -> before.containsAll(threads()));
  }

  private int port() {
    if (server.port().isEmpty()) {
      server.serve(0);
    }
    return Eventually.get(server::port);
  }

  private byte[] overUdp(byte[] query) throws IOException {
    return ask(port(), query);
  }

  private static byte[] ask(int port, byte[] query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(loopback(), port));
      socket.setSoTimeout(10_000);
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  private Optional<byte[]> overTcp(byte[] query) throws IOException {
    try (Socket socket = new Socket(loopback(), port())) {
      return Optional.of(ask(socket, query));
    } catch (java.io.EOFException e) {
      return Optional.empty();
    }
  }

  private static byte[] ask(Socket socket, byte[] query) throws IOException {
    socket.setSoTimeout(10_000);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeShort(query.length);
    out.write(query);
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] said = new byte[in.readUnsignedShort()];
    in.readFully(said);
    return said;
  }

  private static int answers(byte[] message) {
    return message[6] << 8 | message[7];
  }

  private static byte[] query(String name, int type, int room) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean says = room > 0;
    out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0});
    out.write(says ? 1 : 0);
    for (String label : List.of(name.split("\\."))) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
    if (says) {
      out.writeBytes(new byte[] {0, 0, 41, (byte) (room >> 8), (byte) room, 0, 0, 0, 0, 0, 0});
    }
    return out.toByteArray();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(thread -> thread.getName().startsWith("candor-receiver"))
        .collect(Collectors.toSet());
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
