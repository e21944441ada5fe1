package org.candor.receiver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Speaks HTTP to a receiver. */
record Client(HttpClient http, int port) {

  static final String KEY =
      "Basic " + Base64.getEncoder().encodeToString("key:".getBytes(StandardCharsets.UTF_8));

  static Client of(int port) {
    return new Client(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), port);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/v1/batch").POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> batch(String body) throws IOException, InterruptedException {
    return post(body.getBytes(StandardCharsets.UTF_8), "Authorization", KEY);
  }

  String received() throws IOException, InterruptedException {
    return send(request("/received")).body();
  }

  static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(body);
    }
    return zipped.toByteArray();
  }
}
