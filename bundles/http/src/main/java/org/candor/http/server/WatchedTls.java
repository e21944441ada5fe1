package org.candor.http.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate, read again when its files change: looked at with a new connection, once a
 * second at most. While new files cannot be used, the certificate of before stays. Thread-safe.
 */
public final class WatchedTls implements TlsSource {

  /** Hears once of each change for the worse or better. */
  public interface Events {

    /** The files cannot be used; why completes a sentence that begins with the first. */
    void unusable(TlsFiles files, String why, boolean earlierStays);

    /** The files are in use. */
    void loaded(TlsFiles files);
  }

  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final TlsFiles files;
  private final Events events;
  private final LongSupplier nanos;
  private Optional<SSLContext> context = Optional.empty();
  private String stamp = "";
  private long lookedAt;
  private Optional<String> trouble = Optional.empty();

  public WatchedTls(TlsFiles files, Events events) {
    this(files, events, System::nanoTime);
  }

  /**
   * @param nanos {@link System#nanoTime()}
   */
  WatchedTls(TlsFiles files, Events events, LongSupplier nanos) {
    this.files = files;
    this.events = events;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong() - LOOK_NANOS;
  }

  public TlsFiles files() {
    return files;
  }

  /** What is wrong with the files now; empty when all is well, or nobody has asked yet. */
  public synchronized Optional<String> trouble() {
    return trouble;
  }

  @Override
  public synchronized Optional<SSLContext> context() throws IOException {
    long now = nanos.getAsLong();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      look();
    }
    if (context.isEmpty()) {
      throw new IOException("There is no certificate.");
    }
    return context;
  }

  private void look() {
    String present =
        Stream.of(Optional.of(files.certificate()), files.key(), files.password())
            .flatMap(Optional::stream)
            .map(WatchedTls::stamp)
            .collect(Collectors.joining(";"));
    if (present.equals(stamp)) {
      return;
    }
    stamp = present;
    try {
      context = Optional.of(TlsLoader.load(files));
      trouble = Optional.empty();
      events.loaded(files);
    } catch (IOException e) {
      if (!trouble.equals(Optional.of(e.getMessage()))) {
        events.unusable(files, e.getMessage(), context.isPresent());
      }
      trouble = Optional.of(e.getMessage());
    }
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      return "none";
    }
  }
}
