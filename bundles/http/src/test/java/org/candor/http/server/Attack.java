package org.candor.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that somebody opens to a server in this process, from addresses of loopback. */
final class Attack implements AutoCloseable {

  private static final int PATIENCE = 15_000;

  private final int port;
  private final List<Socket> sockets = new ArrayList<>();

  Attack(int port) {
    this.port = port;
  }

  /** Opens one, sends this and leaves it open. */
  Socket open(String from, String begin) throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    socket.setSoTimeout(PATIENCE);
    sockets.add(socket);
    try {
      socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // It had to go already.
      return socket;
    }
    return socket;
  }

  /** Everything that comes until the server closes. */
  String ask(String request) throws IOException {
    try (Socket socket = open("127.0.0.1", request)) {
      return read(socket);
    }
  }

  static String read(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        answer.append((char) octet);
      }
    } catch (java.net.SocketException reset) {
      return answer.toString();
    }
    return answer.toString();
  }

  /** Whether the server has closed it. */
  static boolean hasEnded(Socket socket) {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  List<Socket> sockets() {
    return sockets;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
