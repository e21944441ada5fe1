package org.candor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.console.Session;
import org.candor.control.ChannelStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LocalConsoleNoticeTest {

  private final FakeControl control = new FakeControl(Instant.now());
  private final Shell shell = new Shell(control);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Session session = shell.session(out, new ByteArrayOutputStream());

  @AfterEach
  void close() {
    session.close();
    shell.close();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("candor-notice"))
        .toList();
  }

  private static void awaitEnd() throws InterruptedException {
    for (Thread thread : threads()) {
      TimeUnit.SECONDS.timedJoin(thread, 10);
    }
  }

  @Test
  void theNoticeComesWhenTheChannelsDo() throws Exception {
    List<ChannelStatus> later = control.channels;
    control.channels = List.of();
    LocalConsoleNotice notice =
        new LocalConsoleNotice(session, control.channels(), control.upgrades());
    control.channels = later;
    awaitEnd();
    assertThat(out.toString()).contains("dns: version-check to v1.example.com");
    notice.stop();
  }

  @Test
  void aSessionSeesItOnce() throws Exception {
    session.execute("telemetry:notice");
    out.reset();
    LocalConsoleNotice notice =
        new LocalConsoleNotice(session, control.channels(), control.upgrades());
    awaitEnd();
    assertThat(out.toString()).isEmpty();
    notice.stop();
  }

  @Test
  void stoppingEndsTheThread() throws Exception {
    control.channels = List.of();
    LocalConsoleNotice notice =
        new LocalConsoleNotice(session, control.channels(), control.upgrades());
    notice.stop();
    assertThat(threads()).isEmpty();
  }
}
