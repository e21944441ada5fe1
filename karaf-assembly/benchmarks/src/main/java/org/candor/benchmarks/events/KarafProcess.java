package org.candor.benchmarks.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The distribution in a folder of its own, whose owner has said yes. */
final class KarafProcess {

  /** Makes the ids of messages known. */
  private static final String CLUSTER = "70b28f00-e38f-41a8-8a6f-d3e1d3e1d3e1";

  private final Path base;
  private final int port = freePort();
  private Process process;

  /**
   * Copies and configures; starts nothing.
   *
   * @param base where to; on the disk that is measured
   * @param receiver Segment's endpoint
   */
  KarafProcess(Path assembly, Path base, URI receiver) throws IOException, InterruptedException {
    this.base = base.toAbsolutePath();
    if (!Files.isDirectory(assembly)) {
      throw new IOException("Build first: mvn -DskipTests package");
    }
    Process copy =
        new ProcessBuilder("cp", "-R", assembly.toString(), base.toString()).inheritIO().start();
    if (copy.waitFor() != 0) {
      throw new IOException("cannot copy " + assembly + " to " + base);
    }
    set("org.apache.karaf.shell", "sshPort", freePort());
    set("org.apache.karaf.management", "rmiRegistryPort", freePort());
    set("org.apache.karaf.management", "rmiServerPort", freePort());
    set("org.candor.rest", "port", port);
    set("org.candor.consent", "usage", true);
    set("org.candor.consent", "grace", 0);
    set("org.candor.identity", "clusterId", CLUSTER);
    set("org.candor.identity", "version", "2.0.0");
    set("org.candor.sink.segment", "endpoint", receiver);
    set("org.candor.sink.segment", "writeKey", "key");
    set("org.candor.rest.product-shop", "key", Views.KEY);
    set("org.candor.rest.product-shop", "origins", Views.ORIGIN);
    set("org.candor.rest.product-shop", "perMinute", 1_000_000_000);
    set("org.candor.rest.product-shop", "eventsPerSecond", 1_000_000_000);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void set(String pid, String key, Object value) throws IOException {
    Path file = base.resolve("etc/" + pid + ".cfg");
    List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
    lines.removeIf(line -> line.matches(key + "\\s*=.*"));
    lines.add(key + " = " + value);
    Files.write(file, lines);
  }

  /** Where {@code POST /v1/events} is. */
  int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(base.resolve("bin/karaf").toString(), "daemon");
    builder.environment().keySet().removeIf(key -> key.matches("(DISABLE|KARAF)_.*|DO_NOT_TRACK"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(base.resolve("out").toFile()));
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The id of the message that a page view becomes. */
  static String messageId(String view) {
    String name = CLUSTER + "\n" + view + "\npage";
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
