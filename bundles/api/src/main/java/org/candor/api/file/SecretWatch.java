package org.candor.api.file;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Hot reload of a secret mount: follows the file on a thread of its own, so that what it holds can
 * be asked for without I/O. It looks when the kernel says that the file was touched, and every
 * second where the kernel does not tell, as of the links that Kubernetes swaps.
 *
 * <p>Safe for several threads.
 */
final class SecretWatch implements AutoCloseable {

  /** Where the kernel does not tell. */
  private static final Duration OFTEN = Duration.ofSeconds(1);

  /** Finds what the kernel cannot tell, such as that a folder is another by now. */
  private static final Duration SELDOM = Duration.ofSeconds(10);

  /** A file that is being written or replaced is whole again within a few of these. */
  private static final Duration WRITING = Duration.ofMillis(80);

  private static final int LOOKS = 3;

  /** How long whoever asks first waits for the first look. */
  private static final Duration FIRST = Duration.ofMillis(200);

  private static final Duration END = Duration.ofMillis(1500);

  private final SecretFile file;
  private final BiConsumer<SecretWatch, Content> changed;
  private final FileWatch watch;
  private final CountDownLatch looked = new CountDownLatch(1);
  private volatile boolean waited;
  private final Thread thread;
  private Optional<Content> last = Optional.empty();

  /**
   * What was found in the file.
   *
   * @param secret empty when there is none that can be used
   * @param why not, as the end of a sentence that begins with the file; empty when there is one
   */
  record Content(Optional<String> secret, String why) {

    // Not equals: JDK 17 keeps the class loader of the record whose generated one was linked last.
    boolean says(Content other) {
      return secret.equals(other.secret) && why.equals(other.why);
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return why.isEmpty() ? "***" : why;
    }
  }

  /**
   * @param changed is called on the thread after the first look and whenever something has changed
   */
  SecretWatch(SecretFile file, String thread, BiConsumer<SecretWatch, Content> changed) {
    this.file = file;
    this.changed = changed;
    this.watch = new FileWatch(List.of(file.path()));
    this.thread = new Thread(null, this::run, thread, 0, false);
    this.thread.setDaemon(true);
    this.thread.setContextClassLoader(SecretWatch.class.getClassLoader());
  }

  void start() {
    thread.start();
  }

  SecretFile file() {
    return file;
  }

  /** Waits for the first look, but for no longer than a moment, and then never again. */
  void awaitFirstLook() {
    if (waited) {
      return;
    }
    try {
      looked.await(FIRST.toNanos(), TimeUnit.NANOSECONDS);
      waited = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!watch.isClosed()) {
        // First the watch and then the look, so that nothing falls in between.
        Duration rest = watch.covers() ? SELDOM : OFTEN;
        take(look());
        watch.await(rest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(Content now) {
    if (!watch.isClosed() && last.filter(now::says).isEmpty()) {
      last = Optional.of(now);
      changed.accept(this, now);
    }
    looked.countDown();
  }

  private Content look() throws InterruptedException {
    Content now = read();
    for (int looks = 1; looks < LOOKS && now.secret().isEmpty() && !watch.isClosed(); looks++) {
      watch.pause(WRITING);
      now = read();
    }
    return now;
  }

  private Content read() {
    try {
      return new Content(Optional.of(file.read()), "");
    } catch (UnusableSecretException e) {
      return new Content(Optional.empty(), e.why());
    }
  }

  /** Ends it; nothing is told any more. Waits for the thread for up to 1.5 s. */
  @Override
  public void close() {
    try {
      watch.close();
      thread.join(END.toMillis());
    } catch (IOException e) {
      // What watches is closed as far as it can be, and the thread has seen it.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
