package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.candor.api.ChannelState;
import org.candor.api.web.WebEventIntake;
import org.candor.http.testing.Eventually;
import org.candor.rest.product.TestProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages may send at a time does not fill a small heap, in a JVM of its own. */
class FloodMemoryTest {

  private static final String SHOP = "https://shop.test";
  private static final int CLIENTS = 60;
  private static final int REQUESTS = 5;

  /** Serves in 64 MB, and counts no event. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws InterruptedException {
      TestRealm.install();
      FakeCore core = new FakeCore();
      core.products.bindIntake(
          events -> new WebEventIntake.Taken(events.size(), 0, ChannelState.ACTIVE));
      core.products.bindProduct(
          TestProduct.of(SHOP)
              .withPerMinute("1000000000")
              .withEventsPerSecond("1000000000")
              .named("shop"));
      Rest rest = TestRest.open(core);
      System.out.println("port " + Eventually.get(rest::address).getPort());
      new CountDownLatch(1).await();
    }
  }

  @TempDir private Path folder;

  @Test
  void sixtyClientsWithAMegabyteEachAreAnsweredAndNothingRunsOutOfMemory() throws Exception {
    Path log = folder.resolve("child.log");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      int port = Eventually.get(() -> port(log));
      byte[] request = request();
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < CLIENTS * REQUESTS; i++) {
        String from = "127.0.0." + (2 + i % 10);
        boolean stalls = i % 5 == 0;
        answers.add(threads.submit(() -> send(port, from, request, stalls)));
      }
      int taken = 0;
      for (Future<Integer> answer : answers) {
        int status = answer.get(60, TimeUnit.SECONDS);
        assertThat(status).isIn(0, 202, 503);
        taken += status == 202 ? 1 : 0;
      }
      System.out.println(
          taken + " of " + answers.size() + " megabytes were taken in a heap of 64 MB");
      assertThat(taken).as("of those that do not stall").isGreaterThan(CLIENTS);
      assertThat(new Client(port, "storageos").get("/v1/status").status()).isEqualTo(200);
      assertThat(Files.readString(log)).doesNotContain("OutOfMemoryError");
      assertThat(child.isAlive()).isTrue();
    } finally {
      threads.shutdownNow();
      child.destroyForcibly();
    }
  }

  private static Optional<Integer> port(Path log) {
    try {
      return Files.readAllLines(log).stream()
          .filter(line -> line.startsWith("port "))
          .map(line -> Integer.valueOf(line.substring(5)))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] request() {
    String event = "{\"type\":\"page\",\"path\":\"/" + "a/".repeat(90) + "\"}";
    String events = (event + ",").repeat(999) + event;
    String body =
        "{\"key\":\"" + TestProduct.KEY + "\",\"events\":[" + events + "]}" + " ".repeat(800_000);
    return ("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
            + SHOP
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The status; 0 when the connection had to make way, as that of one who stalls. */
  private static int send(int port, String from, byte[] request, boolean stalls) {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      socket.setSoTimeout(stalls ? 2_000 : 30_000);
      socket.getOutputStream().write(request, 0, stalls ? request.length - 1000 : request.length);
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9));
    } catch (IOException e) {
      return 0;
    }
  }
}
