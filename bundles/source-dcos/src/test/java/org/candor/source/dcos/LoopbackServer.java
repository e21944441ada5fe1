package org.candor.source.dcos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a real socket that answers each connection with whatever bytes a test says. */
public final class LoopbackServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Answer answer;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Thread thread;

  public LoopbackServer(Answer answer) throws IOException {
    this.answer = answer;
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "loopback-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers with one body, whatever was asked. */
  public static LoopbackServer of(String body) throws IOException {
    return new LoopbackServer((request, out) -> ok(out, body));
  }

  public static void ok(OutputStream out, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head(out, "200 OK", "Content-Length: " + bytes.length);
    out.write(bytes);
  }

  public static void head(OutputStream out, String status, String header) throws IOException {
    out.write(
        ("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + header + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  public String url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort()).toString();
  }

  /** Each request as it came: its head and its body. */
  public List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    thread.interrupt();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        String request = request(socket);
        requests.add(request);
        answer.write(request, socket.getOutputStream());
      } catch (IOException e) {
        // The client or the test has gone.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static String request(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    StringBuilder request = new StringBuilder();
    int length = 0;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      request.append(line).append('\n');
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    char[] body = new char[length];
    for (int read = 0; read < length; ) {
      int more = in.read(body, read, length - read);
      if (more < 0) {
        throw new UncheckedIOException(new IOException("half a request"));
      }
      read += more;
    }
    return request.append(body).toString();
  }

  /** Writes an answer, head and all. */
  @FunctionalInterface
  public interface Answer {
    void write(String request, OutputStream out) throws IOException, InterruptedException;
  }
}
