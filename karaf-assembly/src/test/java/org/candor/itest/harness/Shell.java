package org.candor.itest.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.candor.itest.agent.ShellAgent;

/**
 * The shell of a Karaf, without a network: its SSH server (sshd 2.17.1 on Linux 6.18) hangs once in
 * a thousand logins, and a connection costs more than most commands.
 */
final class Shell implements AutoCloseable {

  /** In which the path of a socket has to fit. */
  private static final int LONGEST = 100;

  private final Path folder = Files.createTempDirectory("candor");
  private final Path socket = folder.resolve("shell");

  Shell() throws IOException {
    if (socket.toString().length() > LONGEST) {
      throw new IOException("too long a path for a socket: " + socket);
    }
  }

  /** Writes the bundle that a Karaf needs for it. */
  void writeAgent(Path jar) throws IOException {
    new TestBundle(
            ShellAgent.class,
            List.of(execution()),
            Map.of(
                "Import-Package",
                "javax.security.auth,javax.security.auth.callback,javax.security.auth.login,"
                    + "org.osgi.framework,org.osgi.framework.startlevel,org.osgi.util.tracker",
                // It is there before the shell is.
                "DynamicImport-Package",
                "org.apache.karaf.shell.*",
                "Shell-Socket",
                socket.toString()))
        .writeTo(jar);
  }

  private static Class<?> execution() {
    try {
      return Class.forName(ShellAgent.class.getPackageName() + ".Execution");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs one line as {@code bin/client} does with a command of its command line.
   *
   * @param user whose password is the same word
   * @throws IOException when nobody listens, or no answer comes
   */
  Answer run(String user, String line, Duration atMost) throws IOException {
    try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(connection));
      out.writeUTF(user);
      out.writeUTF(line);
      out.flush();
      return answer(line, read(connection, line, atMost));
    }
  }

  private static byte[] read(SocketChannel connection, String line, Duration atMost)
      throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (Selector selector = Selector.open()) {
      connection.configureBlocking(false);
      connection.register(selector, SelectionKey.OP_READ);
      while (connection.read(buffer) >= 0) {
        bytes.write(buffer.array(), 0, buffer.position());
        buffer.clear();
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
          throw new AssertionError("not done within " + atMost + ": " + line);
        }
        selector.select(left);
      }
      return bytes.toByteArray();
    }
  }

  private static Answer answer(String line, byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      return new Answer(in.readInt(), text(in), text(in));
    } catch (EOFException e) {
      throw new IOException("the connection ended before \"" + line + "\" was done", e);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(socket);
    Files.deleteIfExists(folder);
  }
}
