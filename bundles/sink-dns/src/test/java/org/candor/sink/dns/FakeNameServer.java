package org.candor.sink.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A name server on loopback, UDP and TCP on one port, that does what its script says. */
final class FakeNameServer implements AutoCloseable {

  private static final int ATTEMPTS = 20;

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final InetSocketAddress address;
  private final Script script;
  private final List<byte[]> queries = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile boolean closed;

  private FakeNameServer(ServerSocket tcp, DatagramSocket udp, Script script) {
    this.tcp = tcp;
    this.udp = udp;
    this.address = (InetSocketAddress) udp.getLocalSocketAddress();
    this.script = script;
    start(this::overUdp);
    start(this::overTcp);
  }

  /** What it does with a query. */
  interface Script {

    void overUdp(byte[] query, Datagrams back) throws IOException;

    default void overTcp(byte[] query, Socket connection) throws IOException {
      throw new IOException("not expected");
    }
  }

  /** The way back to who asked. */
  record Datagrams(DatagramSocket socket, InetSocketAddress to) {

    void send(byte[] content) throws IOException {
      socket.send(new DatagramPacket(content, content.length, to));
    }
  }

  static FakeNameServer on(String address, Script script) throws IOException {
    InetAddress host = InetAddress.getByName(address);
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      ServerSocket tcp = new ServerSocket(0, 10, host);
      try {
        return new FakeNameServer(tcp, new DatagramSocket(tcp.getLocalPort(), host), script);
      } catch (BindException taken) {
        tcp.close();
      }
    }
    throw new BindException("no port is free for UDP and TCP");
  }

  static FakeNameServer on(Script script) throws IOException {
    return on("127.0.0.1", script);
  }

  InetSocketAddress address() {
    return address;
  }

  /** As the configuration names it. */
  String place() {
    return (address.getAddress().getAddress().length == 4 ? "127.0.0.1" : "[::1]")
        + ":"
        + address.getPort();
  }

  /** What came over UDP and TCP. */
  List<byte[]> queries() {
    return queries;
  }

  boolean awaitQuery() throws InterruptedException {
    return asked.await(10, TimeUnit.SECONDS);
  }

  /** From now on nothing listens there. */
  @Override
  public void close() throws IOException {
    closed = true;
    udp.close();
    tcp.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void overUdp() {
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    while (!closed) {
      try {
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        note(query);
        script.overUdp(query, new Datagrams(udp, (InetSocketAddress) packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed, or the peer's port is; what was missed shows in the test's own checks.
      }
    }
  }

  private void overTcp() {
    while (!closed) {
      try (Socket connection = tcp.accept()) {
        connections.add(connection);
        DataInputStream in = new DataInputStream(connection.getInputStream());
        byte[] query = in.readNBytes(in.readUnsignedShort());
        note(query);
        script.overTcp(query, connection);
      } catch (IOException e) {
        // As above.
      }
    }
  }

  private void note(byte[] query) {
    queries.add(query);
    asked.countDown();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "test-name-server");
    thread.setDaemon(true);
    thread.start();
  }
}
