package org.candor.source.storageos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.Visit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Volumes, counted by a virtual machine that has 12 MB of heap for all that it does. */
class ManyVolumesTest {

  private static final int VOLUMES = 40_000;

  @TempDir private Path directory;

  @Test
  @Timeout(60)
  void manyNeedLittleMemory() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (SocketServer server = SocketServer.http(visit -> play(visit, sent))) {
      assertThat(countedElsewhere(server.uri("").toString()))
          .contains("storage.volumes Count[count=" + VOLUMES + "]")
          .contains("storage.volumes-degraded Count[count=" + VOLUMES + "]");
    }
    assertThat(sent).hasValueGreaterThan(60_000_000L);
  }

  private static void play(Visit visit, AtomicLong sent) throws Exception {
    String path = visit.read().line().split(" ")[1];
    switch (path) {
      case "/v2/auth/login" -> visit.answer(200, "Authorization: Bearer t\r\n", "{}");
      case "/v2/namespaces" -> visit.answer(200, "", "[{\"id\":\"n\"}]");
      case "/v2/namespaces/n/volumes" -> {
        visit.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[{\"sizeBytes\":1," + rest());
        for (int i = 1; i < VOLUMES; i++) {
          String volume = ",{\"sizeBytes\":" + i + "," + rest();
          visit.write(volume);
          sent.addAndGet(volume.length());
        }
        visit.write("]");
      }
      default -> visit.answer(200, "", "[]");
    }
  }

  private static String rest() {
    return "\"description\":\""
        + "x".repeat(1_000)
        + "\",\"labels\":{\"storageos.com/replicas\":\"2\",\"a\":\""
        + "y".repeat(500)
        + "\"},\"master\":{\"health\":\"online\"},\"replicas\":[{\"health\":\"failed\"}]}";
  }

  private String countedElsewhere(String url) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx12m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                url)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** Runs in the other virtual machine. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws Exception {
      try (LocalTransport http = LocalTransport.open()) {
        StorageOsCluster cluster = new StorageOsCluster(http, Keys.of(arguments[0], "v2"));
        Deadline deadline = Deadline.after(Duration.ofSeconds(45), Clock.systemUTC());
        for (Fact fact : new InventorySource(cluster).observe(deadline).facts()) {
          System.out.println(fact.name() + " " + fact.value());
        }
      }
    }
  }
}
