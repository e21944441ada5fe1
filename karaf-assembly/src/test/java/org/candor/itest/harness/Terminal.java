package org.candor.itest.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** A person at a terminal, over SSH. */
public final class Terminal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A login has been seen to hang for minutes, beside which the same Karaf went on. */
  private static final Duration HANG = Duration.ofSeconds(90);

  private static final long LOOK_AGAIN = Duration.ofMillis(100).toNanos();

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final SshClient client = SshClient.setUpDefaultClient();
  private final String user;
  private final int port;
  private final ClientSession session;
  private final ChannelShell shell;

  /** A login that was answered to the end. */
  private record Login(ClientSession session, ChannelShell shell) {}

  /**
   * Logs in.
   *
   * @param user whose password is the same word
   * @param onHang is told when the server does not answer, and may do something about it
   */
  Terminal(String user, int port, Runnable onHang) throws IOException {
    this.user = user;
    this.port = port;
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.start();
    try {
      Login login = login(onHang);
      session = login.session();
      shell = login.shell();
    } catch (IOException | RuntimeException e) {
      client.stop();
      throw e;
    }
  }

  private Login login(Runnable onHang) throws IOException {
    long end = System.nanoTime() + HANG.toNanos();
    while (true) {
      try {
        return loginOnce();
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        if (e.toString().contains("imed out") || e.toString().contains("imeout")) {
          onHang.run();
        }
        LockSupport.parkNanos(LOOK_AGAIN);
      }
    }
  }

  private Login loginOnce() throws IOException {
    ClientSession attempt =
        client.connect(user, "127.0.0.1", port).verify(PATIENCE).getClientSession();
    try {
      attempt.addPasswordIdentity(user);
      attempt.auth().verify(PATIENCE);
      ChannelShell opened = attempt.createShellChannel();
      opened.setOut(shown);
      opened.setErr(shown);
      opened.open().verify(PATIENCE);
      return new Login(attempt, opened);
    } catch (IOException | RuntimeException e) {
      attempt.close(true);
      throw e;
    }
  }

  /** What the screen has shown so far. */
  public String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  /** Waits for a text on the screen. */
  public void awaitText(String text) throws Exception {
    Eventually.await("\"" + text + "\"", PATIENCE, this::shown, all -> all.contains(text));
  }

  /** Presses these keys, one after the other. */
  public void type(String keys) throws IOException {
    shell.getInvertedIn().write(keys.getBytes(StandardCharsets.UTF_8));
    shell.getInvertedIn().flush();
  }

  /**
   * Logs out, and waits until what ran before is done.
   *
   * @return all that was shown
   */
  public String logout() throws IOException {
    type("logout\n");
    if (shell
        .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE.multipliedBy(6))
        .contains(ClientChannelEvent.TIMEOUT)) {
      throw new AssertionError("the session does not end:\n" + shown());
    }
    return shown();
  }

  @Override
  public void close() throws IOException {
    shell.close(true);
    session.close(true);
    client.stop();
  }
}
