package org.candor.itest.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;

/** The shell of a Karaf for one user, without the second that a new process takes. */
final class Shell implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  /** A login has been seen to hang for minutes, beside which the same Karaf went on. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long LOOK_AGAIN = Duration.ofMillis(100).toNanos();

  private static final Pattern READS =
      Pattern.compile(
          "telemetry:(status|sent|preview|received|explain|fields|sources|crashes|upgrade)\\b.*");

  private final SshClient client = SshClient.setUpDefaultClient();
  private final String user;
  private final String host;
  private final int port;
  private final Runnable onHang;

  /**
   * @param user whose password is the same word
   * @param onHang takes note of what keeps a login from being answered
   */
  Shell(String user, String host, int port, Runnable onHang) {
    this.onHang = onHang;
    this.user = user;
    this.host = host;
    this.port = port;
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    // The default takes a tenth of a second of CPU for each connection.
    client.setKeyExchangeFactories(
        NamedFactory.setUpTransformedFactories(
            false, List.of(BuiltinDHFactories.ecdhp256), ClientBuilder.DH2KEX));
    client.start();
  }

  /**
   * Runs one line as {@code bin/client} does with a command of its command line. Karaf closes a
   * connection with its command, at times before the last of the answer: what only reads is asked
   * again then.
   */
  Answer run(String line, Duration atMost) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS && READS.matcher(line).matches(); attempt++) {
      Optional<Answer> answer = runOnce(line, atMost);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    return runOnce(line, atMost)
        .orElseThrow(
            () -> new IOException("the connection ended before \"" + line + "\" was done"));
  }

  private Optional<Answer> runOnce(String line, Duration atMost) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    // Karaf closes the connection with the command.
    try (ClientSession session = connect();
        ChannelExec channel = session.createExecChannel(line)) {
      channel.setOut(out);
      channel.setErr(err);
      channel.open().verify(CONNECT);
      var seen = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), atMost);
      if (seen.contains(ClientChannelEvent.TIMEOUT)) {
        throw new AssertionError("not done within " + atMost + ": " + line + "\n" + out + err);
      }
      return Optional.ofNullable(channel.getExitStatus())
          .map(
              exit ->
                  new Answer(
                      exit,
                      out.toString(StandardCharsets.UTF_8),
                      err.toString(StandardCharsets.UTF_8)));
    }
  }

  /** What a person sees who logs in at a terminal, and out again. */
  String login(Duration atMost) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ClientSession session = connect();
        ChannelShell channel = session.createShellChannel()) {
      channel.setIn(new ByteArrayInputStream("logout\r".getBytes(StandardCharsets.UTF_8)));
      channel.setOut(out);
      channel.setErr(out);
      channel.open().verify(CONNECT);
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), atMost);
      return out.toString(StandardCharsets.UTF_8);
    }
  }

  /**
   * While Karaf boots, its server may come and go once more; and after a hang it takes a moment
   * until there is another.
   */
  private ClientSession connect() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean hung = false;
    while (true) {
      try {
        return connectOnce();
      } catch (IOException e) {
        boolean hangs = isTimeout(e);
        if (!hangs && !hung || System.nanoTime() > end) {
          throw e;
        }
        if (hangs) {
          onHang.run();
        } else {
          LockSupport.parkNanos(LOOK_AGAIN);
        }
        hung = true;
      }
    }
  }

  private static boolean isTimeout(IOException e) {
    return (e.getMessage() + e.getCause()).contains("Timed out")
        || String.valueOf(e.getMessage()).contains("timeout");
  }

  private ClientSession connectOnce() throws IOException {
    ClientSession session = client.connect(user, host, port).verify(CONNECT).getClientSession();
    try {
      session.addPasswordIdentity(user);
      session.auth().verify(CONNECT);
      return session;
    } catch (IOException | RuntimeException e) {
      session.close(true);
      throw e;
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
