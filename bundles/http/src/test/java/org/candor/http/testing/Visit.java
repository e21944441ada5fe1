package org.candor.http.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One connection, seen by its server. */
public final class Visit {

  private final Socket socket;
  private final SocketServer server;

  Visit(Socket socket, SocketServer server) {
    this.socket = socket;
    this.server = server;
  }

  /** Reads a whole request whose body has a length. */
  public Request read() throws IOException {
    List<String> lines = head().lines().toList();
    Request head = new Request(lines.get(0), lines.subList(1, lines.size()), new byte[0]);
    String length = head.header("Content-Length");
    byte[] body =
        socket.getInputStream().readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    Request request = new Request(head.line(), head.headers(), body);
    server.note(request);
    return request;
  }

  /** Reads up to the empty line only. */
  public String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** Reads so many bytes. */
  public byte[] take(int count) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  /** Reads what comes next, however much that is. */
  public void someBytes() throws IOException {
    if (socket.getInputStream().read(new byte[8192]) < 0) {
      throw new EOFException();
    }
  }

  /** Keeps something that was read as one of the server's requests. */
  public void note(String line, byte[] body) {
    server.note(new Request(line, List.of(), body));
  }

  /** Passes everything on to another server and back, until either leaves. */
  public void relay(SocketServer to) throws IOException {
    try (Socket other = to.visit()) {
      Thread back = new Thread(() -> copy(other, socket), "test-relay");
      back.setDaemon(true);
      back.start();
      copy(socket, other);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them left.
    }
  }

  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Writes a whole answer. */
  public void answer(int status, String headers, byte[] body) throws IOException {
    write(
        "HTTP/1.1 " + status + " X\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n");
    write(body);
  }

  /** Writes a whole answer. */
  public void answer(int status, String headers, String body) throws IOException {
    answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Has the connection end in a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Says no more, and waits for the peer to leave, so that it is sure to get what was said. */
  public void leave() throws IOException {
    socket.shutdownOutput();
    untilLeft();
  }

  /** Reads and forgets what comes until the peer leaves. */
  public void untilLeft() {
    try {
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      server.noteLeft(true);
    } catch (IOException e) {
      server.noteLeft(false);
    }
  }

  /** Does nothing until the server is closed. */
  public void hang() throws InterruptedException {
    server.awaitClose();
  }
}
