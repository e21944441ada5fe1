package org.candor.receiver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.candor.api.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers DNS queries on one port of 127.0.0.1, over UDP and TCP, each on a thread of its own.
 * Binds again and again while the port is taken. Keeps every question for TXT records.
 */
final class DnsListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DnsListener.class);

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LARGEST = 65_535;
  private static final int BACKLOG = 50;
  private static final int PATIENCE_MILLIS = 2_000;

  private final Inbox inbox;
  private final Supplier<String> answer;
  private final int wanted;
  private final Duration retry;
  private final Consumer<DnsListener> onBound;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread udpThread = thread("candor-receiver-dns-udp", this::run);
  private Optional<Sockets> sockets = Optional.empty();
  private Optional<Socket> connection = Optional.empty();
  private boolean closed;

  /**
   * @param answer text of the answer at that moment
   * @param wanted the port; 0 is any that is free
   * @param retry how long to wait before trying a port again that was taken
   * @param onBound is called once the port is bound, on the thread that serves it then
   */
  DnsListener(
      Inbox inbox,
      Supplier<String> answer,
      int wanted,
      Duration retry,
      Consumer<DnsListener> onBound) {
    this.inbox = inbox;
    this.onBound = onBound;
    this.answer = answer;
    this.wanted = wanted;
    this.retry = retry;
  }

  private record Sockets(ServerSocket tcp, DatagramSocket udp, Thread tcpThread) {}

  /** Begins to bind; returns at once. */
  void start() {
    udpThread.start();
  }

  /** The port; empty while it is not bound. */
  synchronized Optional<Integer> port() {
    return sockets.map(bound -> bound.udp().getLocalPort());
  }

  private void run() {
    boolean complained = false;
    try {
      while (!end.await(0, TimeUnit.MILLISECONDS)) {
        try {
          Optional<DatagramSocket> udp = bind();
          if (udp.isPresent()) {
            onBound.accept(this);
            overUdp(udp.get());
          }
        } catch (IOException e) {
          if (!complained) {
            LOG.error(
                "The receiver cannot listen for DNS on 127.0.0.1:{} ({}). Set dnsPort in etc/{}.cfg"
                    + " to one that is free, or stop what uses it; it is tried again every {} s.",
                wanted,
                e.getMessage(),
                Receiver.PID,
                retry.toSeconds());
          }
          complained = true;
          end.await(retry.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<DatagramSocket> bind() throws IOException {
    if (closed) {
      return Optional.empty();
    }
    InetAddress loopback = InetAddress.getByAddress(LOOPBACK);
    ServerSocket tcp = new ServerSocket(wanted, BACKLOG, loopback);
    try {
      DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback);
      Thread tcpThread = thread("candor-receiver-dns-tcp", () -> overTcp(tcp));
      sockets = Optional.of(new Sockets(tcp, udp, tcpThread));
      tcpThread.start();
      LOG.info("The receiver answers DNS on 127.0.0.1:{}.", udp.getLocalPort());
      return Optional.of(udp);
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  private void overUdp(DatagramSocket udp) {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (!udp.isClosed()) {
      try {
        packet.setLength(LARGEST);
        udp.receive(packet);
        Optional<DnsQuery> query = taken(Arrays.copyOf(packet.getData(), packet.getLength()));
        if (query.isPresent()) {
          byte[] said = query.get().overUdp(answer.get());
          udp.send(new DatagramPacket(said, said.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or who asked is gone.
      }
    }
  }

  private void overTcp(ServerSocket tcp) {
    while (!tcp.isClosed()) {
      try (Socket peer = tcp.accept()) {
        connected(peer);
        peer.setSoTimeout(PATIENCE_MILLIS);
        converse(peer);
      } catch (IOException e) {
        // Closed, or who asked is gone or slow.
      }
    }
  }

  private void converse(Socket peer) throws IOException {
    DataInputStream in = new DataInputStream(peer.getInputStream());
    while (true) {
      byte[] message = new byte[in.readUnsignedShort()];
      in.readFully(message);
      Optional<DnsQuery> query = taken(message);
      if (query.isEmpty()) {
        return;
      }
      byte[] said = query.get().overTcp(answer.get());
      DataOutputStream out = new DataOutputStream(peer.getOutputStream());
      out.writeShort(said.length);
      out.write(said);
    }
  }

  private Optional<DnsQuery> taken(byte[] message) {
    Optional<DnsQuery> query = DnsQuery.read(message);
    query
        .filter(DnsQuery::isForText)
        .ifPresent(asked -> inbox.add("dns", Bytes.utf8(asked.name()), java.util.List.of()));
    return query;
  }

  private synchronized void connected(Socket peer) throws IOException {
    connection = Optional.of(peer);
    if (closed) {
      peer.close();
    }
  }

  /** Frees the port and waits for the threads, a second at most. */
  @Override
  public void close() {
    Optional<Sockets> bound;
    synchronized (this) {
      closed = true;
      end.countDown();
      bound = sockets;
      sockets = Optional.empty();
    }
    try {
      if (bound.isPresent()) {
        bound.get().udp().close();
        bound.get().tcp().close();
        disconnect();
        bound.get().tcpThread().join(500);
      }
      udpThread.join(500);
    } catch (IOException e) {
      LOG.warn("The receiver's DNS port was not closed in order: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void disconnect() throws IOException {
    if (connection.isPresent()) {
      connection.get().close();
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
