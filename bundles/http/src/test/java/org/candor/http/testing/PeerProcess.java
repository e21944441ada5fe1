package org.candor.http.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Somebody else's server, run by a test in a directory of its own and on a free port of 127.0.0.1.
 * Closing it kills the server and what it started.
 */
public final class PeerProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;
  private static final int ATTEMPTS = 3;

  private final Process process;
  private final Path directory;
  private final int port;

  private PeerProcess(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** Prepares a server, by writing its configuration, say. */
  @FunctionalInterface
  public interface Setting {

    /**
     * @param directory empty, and open to every user, because some servers change theirs
     * @param port to listen on
     * @return arguments for the executable; it has to stay in the foreground
     */
    List<String> arguments(Path directory, int port) throws IOException;
  }

  /** Starts it and waits until it takes connections. */
  public static PeerProcess start(String executable, Setting setting) throws IOException {
    Path program = Peers.here().find(executable).orElseThrow();
    // Another process may take the port before the server does.
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      PeerProcess peer = launch(program, setting);
      if (peer.listens()) {
        return peer;
      }
      peer.close();
    }
    PeerProcess last = launch(program, setting);
    if (last.listens()) {
      return last;
    }
    String said = Files.readString(last.directory.resolve("output"));
    last.close();
    throw new IOException(executable + " does not listen. It says: " + said);
  }

  public String place() {
    return "127.0.0.1:" + port;
  }

  private static PeerProcess launch(Path program, Setting setting) throws IOException {
    Path directory = Files.createTempDirectory("candor-peer");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    int port = freePort();
    List<String> arguments = setting.arguments(directory, port);
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(program.toString()), arguments.stream()).toList())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    return new PeerProcess(process, directory, port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean listens() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return true;
      } catch (IOException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
