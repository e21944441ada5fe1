package org.candor.format.dns.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A DNS server that answers for one zone on a free port of 127.0.0.1 until it is closed. */
final class NameServer implements AutoCloseable {

  /** The most that fits into a packet wherever it passes. */
  static final int PACKET = 1232;

  private static final Duration START = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final int port;
  private final SimpleResolver resolver;

  private NameServer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.resolver = new SimpleResolver(new InetSocketAddress("127.0.0.1", port));
    resolver.setEDNS(0, PACKET, 0, List.of());
    resolver.setIgnoreTruncation(true);
    resolver.setTimeout(Duration.ofSeconds(2));
  }

  /** A server's own way of being told what to serve. */
  interface Setup {
    /** The configuration, in a directory of its own. */
    String configuration(Path directory, int port);

    /** The command line behind the program's name. */
    List<String> arguments(Path configuration);
  }

  /** Starts a server and waits until it answers for the zone. */
  static NameServer start(String program, Setup setup, Path directory, String zone)
      throws IOException {
    int port = freePort();
    Path configuration =
        Files.writeString(directory.resolve("conf"), setup.configuration(directory, port));
    Path log = directory.resolve("log");
    List<String> command =
        Stream.concat(
                Stream.of(Program.find(program).orElseThrow().toString()),
                setup.arguments(configuration).stream())
            .toList();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    NameServer server = new NameServer(process, log, port);
    server.awaitZone(zone);
    return server;
  }

  private static int freePort() throws IOException {
    for (int attempt = 0; attempt < 20; attempt++) {
      try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          DatagramSocket udp =
              new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
        return udp.getLocalPort();
      } catch (BindException e) {
        continue;
      }
    }
    throw new IOException("no port is free for both UDP and TCP");
  }

  private void awaitZone(String zone) throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (ask(zone, Type.SOA).getRcode() == Rcode.NOERROR) {
          return;
        }
      } catch (IOException e) {
        // Not there yet.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    String said = log();
    close();
    throw new AssertionError("The server does not serve " + zone + ":\n" + said);
  }

  int port() {
    return port;
  }

  /** Asks over UDP; the answer may have any code, but it is whole. */
  Message ask(String name, int type) throws IOException {
    Record question = Record.newRecord(Name.fromString(name + "."), type, DClass.IN);
    Message answer = resolver.send(Message.newQuery(question));
    assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(answer.numBytes()).isLessThanOrEqualTo(PACKET);
    return answer;
  }

  /** The TXT records of an answer. */
  List<Record> txt(String name) throws IOException {
    return ask(name, Type.TXT).getSection(Section.ANSWER);
  }

  /** What the server has said until now. */
  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
