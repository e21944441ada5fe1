package org.candor.shell;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Session;
import org.candor.api.text.PlainText;
import org.candor.control.Channels;
import org.candor.control.Upgrades;
import org.candor.shell.screen.RelativeTime;
import org.jline.reader.LineReader;

/**
 * Login banner of a local console, which Karaf opens before the channels are there. It looks for
 * them once a second in the first minute, shows the notice above the prompt and ends.
 */
final class LocalConsoleNotice {

  private static final int LOOKS = 60;
  private static final long STOP_SECONDS = 2;

  private final Session session;
  private final Notice notice;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "candor-notice");

  LocalConsoleNotice(Session session, Channels channels, Upgrades upgrades) {
    this.session = session;
    notice = new Notice(channels, upgrades, new RelativeTime(Clock.systemUTC()));
    thread.setDaemon(true);
    thread.start();
  }

  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
  }

  private void run() {
    try {
      int looks = 0;
      while (looks < LOOKS && !shown() && !stopped.await(1, TimeUnit.SECONDS)) {
        looks++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean shown() {
    List<String> lines = notice.lines();
    if (!lines.isEmpty() && Notice.isNewTo(session)) {
      show(lines.stream().map(PlainText::shown).collect(Collectors.joining("\n")));
    }
    return !lines.isEmpty();
  }

  private void show(String text) {
    if (session.get(".jline.reader") instanceof LineReader reader) {
      reader.printAbove(text);
    } else {
      session.getConsole().println(text);
      session.getConsole().flush();
    }
  }
}
