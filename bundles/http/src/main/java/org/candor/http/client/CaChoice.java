package org.candor.http.client;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.candor.api.settings.Settings;

/**
 * Which configured file of authorities counts: the one that is set, once it could be read, and
 * until then the one that was good before. A worker looks as soon as another is set, and every call
 * looks again while it is refused. Safe for several threads.
 */
final class CaChoice {

  private static final String KEY = "caFile";
  private static final String ALLOWED =
      "a PEM file of certificates, 8 MB at most, that this process can read";

  private final ThreadPoolExecutor worker;
  private final Settings settings;
  private String wanted = "";
  private Optional<String> good = Optional.empty();
  private Optional<String> refused = Optional.empty();

  /**
   * @param settings refuse a file that is of no use
   */
  CaChoice(Settings settings) {
    this.settings = settings;
    this.worker =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), CaChoice::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "candor-http-ca", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(CaChoice.class.getClassLoader());
    return thread;
  }

  /** Sets the file, and waits for no disk; empty for none. */
  void set(String path) {
    synchronized (this) {
      if (path.equals(wanted) && good.isPresent()) {
        return;
      }
      wanted = path;
    }
    if (path.isEmpty()) {
      accept(path);
      return;
    }
    try {
      worker.execute(this::look);
    } catch (RejectedExecutionException e) {
      // Nobody calls any more.
    }
  }

  /** The caller gets it too. */
  private void look() {
    try {
      file();
    } catch (IOException e) {
      // There is none of before, so that each call says so.
    }
  }

  /**
   * The file that counts now; empty for none.
   *
   * @throws IOException when it cannot be used and there is none of before
   */
  Optional<CaFile> file() throws IOException {
    String tried = wanted();
    Optional<CaFile> file =
        Optional.of(tried).filter(path -> !path.isEmpty()).map(CaFile::configured);
    try {
      if (file.isPresent() && !isGood(tried)) {
        file.get().check();
      }
      accept(tried);
      return file;
    } catch (CaFile.UnusableException e) {
      return refuse(tried, e).filter(path -> !path.isEmpty()).map(CaFile::configured);
    }
  }

  private synchronized String wanted() {
    return wanted;
  }

  private synchronized boolean isGood(String path) {
    return good.filter(path::equals).isPresent();
  }

  private synchronized void accept(String path) {
    if (path.equals(wanted)) {
      good = Optional.of(path);
      refused = Optional.empty();
      settings.accept(KEY);
    }
  }

  private synchronized Optional<String> refuse(String path, CaFile.UnusableException why)
      throws CaFile.UnusableException {
    boolean news = path.equals(wanted) && refused.filter(path::equals).isEmpty();
    if (news) {
      refused = Optional.of(path);
      settings.refuse(
          KEY,
          path,
          ALLOWED + " (this one " + why.why() + ")",
          good.map(CaChoice::stays).orElse("Nothing is sent over https until then."));
    }
    if (good.isEmpty()) {
      throw why;
    }
    return good;
  }

  private static String stays(String good) {
    return "It stays " + (good.isEmpty() ? "empty." : good + ".");
  }

  /** Stops what looks. */
  void stop() {
    worker.shutdownNow();
    try {
      worker.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
