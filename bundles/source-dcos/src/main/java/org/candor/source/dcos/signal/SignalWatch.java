package org.candor.source.dcos.signal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.candor.api.file.FileWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows DC/OS's files on a thread of its own: looks when the kernel says that one was touched,
 * and every second where the kernel does not tell. An interrupt does not end the thread: a layer
 * that nobody follows would give an old answer for good.
 */
public final class SignalWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SignalWatch.class);

  /** Where the kernel does not tell. */
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /** Finds what the kernel cannot tell, such as that a folder is another by now. */
  private static final Duration SELDOM = Duration.ofSeconds(10);

  /** Many changes at once are one, and whoever writes has the time to end. */
  private static final Duration CALM = Duration.ofMillis(30);

  /** A file that is being written or replaced is whole again within a few of these. */
  private static final Duration WRITING = Duration.ofMillis(80);

  private static final int LOOKS = 3;

  private static final Duration END = Duration.ofMillis(1500);

  private final SignalFiles files;
  private final List<ConfigFile> signals;
  private final Optional<ConfigFile> version;
  private final Consumer<SignalConfiguration> listener;
  private final FileWatch folders;
  private final Thread thread;
  private long lost;

  /**
   * @param listener is called on the thread when all was read once, and whenever something has
   *     changed
   */
  public SignalWatch(SignalFiles files, Consumer<SignalConfiguration> listener) {
    this.files = files;
    this.signals =
        files.signals().stream().map(path -> new ConfigFile(path, Document::signal)).toList();
    this.version = files.version().map(path -> new ConfigFile(path, Document::version));
    this.listener = listener;
    this.folders = new FileWatch(files.all());
    this.thread = new Thread(null, this::run, "candor-dcos", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(SignalWatch.class.getClassLoader());
  }

  public void start() {
    thread.start();
  }

  /** Ends it; the listener is not called any more. Waits for the thread for up to 1.5 s. */
  @Override
  public void close() {
    // No interrupt: the thread may be in core, obeying, and an interrupt closes files there.
    try {
      folders.close();
      thread.join(END.toMillis());
    } catch (IOException e) {
      LOG.debug("The watch on DC/OS's files could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<Object> last = List.of();
    while (!folders.isClosed()) {
      Duration rest = OFTEN;
      try {
        // First the watch and then the look, so that nothing falls in between.
        rest = untilNextLook();
        SignalConfiguration now = look();
        if (!now.gist().equals(last) && !folders.isClosed()) {
          last = now.gist();
          listener.accept(now);
        }
      } catch (RuntimeException | Error e) {
        // A thread that ended would leave an old answer standing for good.
        LOG.error("DC/OS's files cannot be watched; trying again", e);
      }
      rest(rest);
    }
  }

  private void rest(Duration atMost) {
    try {
      folders.await(atMost);
      folders.pause(CALM);
    } catch (InterruptedException e) {
      LOG.debug("Looked again before the time", e);
    }
  }

  private Duration untilNextLook() {
    if (folders.covers()) {
      return SELDOM;
    }
    boolean isDcosHere =
        files.all().stream().map(file -> file.resolveSibling(".")).anyMatch(Files::exists);
    return isDcosHere || !files.isDcosOwn() ? OFTEN : SELDOM;
  }

  /** Looks again at what may only be half written; at nothing once something forbids. */
  private SignalConfiguration look() {
    SignalConfiguration reading = read();
    for (int looks = 1; looks < LOOKS && reading.lost() > lost; looks++) {
      if (reading.forbidding().isPresent() || folders.isClosed()) {
        break;
      }
      pause();
      reading = read();
    }
    lost = reading.lost();
    return reading;
  }

  private void pause() {
    try {
      folders.pause(WRITING);
    } catch (InterruptedException e) {
      LOG.debug("Looked again before the time", e);
    }
  }

  private SignalConfiguration read() {
    return new SignalConfiguration(
        files.target(),
        signals.stream().map(ConfigFile::look).toList(),
        version.map(ConfigFile::look));
  }
}
