package org.candor.rest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Asks a server on loopback, as a user whose password is the name. */
record Client(int port, String user) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** An answer. */
  record Reply(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    JsonObject json() {
      return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    String message() {
      return json().get("message").getAsString();
    }

    boolean flag(String key) {
      return json().get(key).getAsBoolean();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Client as(String other) {
    return new Client(port, other);
  }

  Reply get(String path) throws Exception {
    return send(request(path));
  }

  /** Whether this is answered, and with 200. */
  boolean reads(String path) {
    try {
      return get(path).status() == 200;
    } catch (IOException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  Reply put(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json; charset=utf-8")
            .PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  Reply method(String method, String path) throws Exception {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", basic(user, user));
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(15));
  }

  static Reply send(HttpRequest.Builder request) throws Exception {
    return new Reply(
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Sends these lines and no more, and reads what comes until the server closes. */
  String raw(String request) throws IOException {
    try (Socket socket = open(request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the server says to events that a page sends from this address of loopback. */
  String rawFrom(String address, String origin, String json) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
      socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      socket.setSoTimeout(15_000);
      String request =
          "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
              + origin
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + json.length()
              + "\r\n\r\n"
              + json;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends this, and stays connected. */
  Socket open(String begin) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    socket.getOutputStream().write(begin.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  /** Whether the server ends the connection, having said this many bytes at most. */
  static boolean ends(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      in.readAllBytes();
      return true;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }
}
