package org.candor.sink.dns;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.candor.api.Deadline;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Carries queries on the calling thread, each over a socket of its own, which is closed when the
 * answer is there, the time is over, or the deadline is cancelled. dnsjava's own carrier is a
 * static selector thread that all bundles of a framework share: it could be neither cancelled nor
 * ended without harm to others.
 */
final class Wire implements IoClientFactory, UdpIoClient, TcpIoClient {

  private final Deadline deadline;

  /**
   * @param deadline ends every wait when it is over or cancelled
   */
  Wire(Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public UdpIoClient createOrGetUdpClient() {
    return this;
  }

  @Override
  public TcpIoClient createOrGetTcpClient() {
    return this;
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceiveUdp(
      InetSocketAddress local,
      InetSocketAddress remote,
      Message query,
      byte[] data,
      int max,
      Duration timeout) {
    Patience patience = patience(timeout);
    return carried(
        () -> {
          // A port that the system picks at random, and packets of this server only.
          try (DatagramSocket socket = new DatagramSocket()) {
            return watched(socket, () -> overUdp(socket, remote, data, patience));
          }
        });
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceiveTcp(
      InetSocketAddress local,
      InetSocketAddress remote,
      Message query,
      byte[] data,
      Duration timeout) {
    Patience patience = patience(timeout);
    return carried(
        () -> {
          try (Socket socket = new Socket()) {
            return watched(socket, () -> overTcp(socket, remote, data, patience));
          }
        });
  }

  private Patience patience(Duration timeout) {
    Duration left = deadline.remaining();
    return Patience.of(left.compareTo(timeout) < 0 ? left : timeout);
  }

  private static byte[] overUdp(
      DatagramSocket socket, InetSocketAddress remote, byte[] query, Patience patience)
      throws IOException {
    socket.connect(remote);
    socket.send(new DatagramPacket(query, query.length));
    DatagramPacket packet = new DatagramPacket(new byte[Message.MAXLENGTH], Message.MAXLENGTH);
    int strange = 0;
    try {
      while (true) {
        socket.setSoTimeout(patience.millis());
        packet.setLength(Message.MAXLENGTH);
        socket.receive(packet);
        byte[] said = Arrays.copyOf(packet.getData(), packet.getLength());
        if (Echo.answers(query, said)) {
          return said;
        }
        strange++;
      }
    } catch (SocketTimeoutException e) {
      throw new SocketTimeoutException(
          strange == 0 ? "" : " (unrelated packets received instead: " + strange + ")");
    }
  }

  // RFC 1035, section 4.2.2: two bytes of length before each message.
  private static byte[] overTcp(
      Socket socket, InetSocketAddress remote, byte[] query, Patience patience) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(remote, patience.millis());
      return overTcp(socket, query, patience);
    } catch (SocketTimeoutException e) {
      throw new SocketTimeoutException(" over TCP");
    }
  }

  private static byte[] overTcp(Socket socket, byte[] query, Patience patience) throws IOException {
    byte[] frame = new byte[2 + query.length];
    frame[0] = (byte) (query.length >> 8);
    frame[1] = (byte) query.length;
    System.arraycopy(query, 0, frame, 2, query.length);
    socket.getOutputStream().write(frame);
    byte[] length = read(socket, 2, patience);
    return read(socket, (length[0] & 0xff) << 8 | length[1] & 0xff, patience);
  }

  private static byte[] read(Socket socket, int length, Patience patience) throws IOException {
    byte[] content = new byte[length];
    int filled = 0;
    while (filled < length) {
      socket.setSoTimeout(patience.millis());
      int more = socket.getInputStream().read(content, filled, length - filled);
      if (more < 0) {
        throw new EOFException();
      }
      filled += more;
    }
    return content;
  }

  private byte[] watched(Closeable socket, Work work) throws IOException {
    Deadline.Registration cancellation = deadline.onCancel(() -> closeQuietly(socket));
    try {
      return work.run();
    } finally {
      cancellation.close();
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Whoever waits for it gets the exception that counts.
    }
  }

  private static CompletableFuture<byte[]> carried(Work work) {
    try {
      return CompletableFuture.completedFuture(work.run());
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @FunctionalInterface
  private interface Work {
    byte[] run() throws IOException;
  }

  /** A time that runs out. */
  private record Patience(long start, long nanos) {

    private static Patience of(Duration time) {
      return new Patience(System.nanoTime(), time.toNanos());
    }

    /** What is left, in the form that sockets take, which is never 0. */
    private int millis() throws SocketTimeoutException {
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      return (int) Math.min(Integer.MAX_VALUE, 1 + left / 1_000_000);
    }
  }
}
