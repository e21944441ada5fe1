package org.candor.source.kubernetes.spec;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.candor.api.Deadline;
import org.candor.api.retry.Backoff;
import org.candor.api.retry.FailureCount;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.json.StatusException;
import org.candor.source.kubernetes.api.ApiResource;
import org.candor.source.kubernetes.api.ApiServerClient;
import org.candor.source.kubernetes.api.Discovery;
import org.candor.source.kubernetes.json.JsonLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the cluster specification and follows its changes on a thread of its own: lists all of the
 * kind, then watches from the list's resource version on, and lists again when that version is too
 * old or anything fails. (Kubernetes API Concepts, "Efficient detection of changes".)
 */
public final class SpecWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SpecWatch.class);

  private static final Duration LIST = Duration.ofSeconds(30);

  /** A connection that died without a word is found out when the server should have ended it. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration END = Duration.ofMillis(1500);

  private final Selection selection;
  private final ApiServerClient client;
  private final Pace pace;
  private final SpecCache findings;
  private final Damper damper;
  private final Clock clock = Clock.systemUTC();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Deadline current;

  /**
   * @param listener is called on a thread of this when something was read or could not be, a denial
   *     at once; see {@link Damper}
   */
  public SpecWatch(
      Selection selection, ApiServerClient client, Pace pace, Consumer<SpecState> listener) {
    this.selection = selection;
    this.client = client;
    this.pace = pace;
    this.findings = new SpecCache(selection, clock);
    this.damper = new Damper(findings, listener, pace.least(), System::nanoTime);
    this.current = Deadline.after(LIST, clock);
    this.thread = new Thread(null, this::run, "candor-kubernetes", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(SpecWatch.class.getClassLoader());
  }

  /**
   * How often and how long servers are asked.
   *
   * @param least the shortest time between two lists, and between two changes that are no denial
   * @param most the longest
   * @param watch how long a watch lasts; seconds
   */
  public record Pace(Duration least, Duration most, Duration watch) {

    /** As servers are used to; a watch is short, for the sake of {@link #GRACE}. */
    public static final Pace USUAL =
        new Pace(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
  }

  public void start() {
    thread.start();
  }

  /** Ends it; the listener is not called any more. Waits for its threads, for each up to 1.5 s. */
  @Override
  public void close() {
    closed.countDown();
    // No interrupt: the thread may be in core, obeying, and an interrupt closes files there.
    current.cancel();
    damper.close();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration twice = pace.least().multipliedBy(2);
    FailureCount failures =
        new FailureCount(new Backoff(pace.least(), twice, pace.most(), Math::random));
    while (!isClosed()) {
      long began = System.nanoTime();
      try {
        readAndFollow();
      } catch (SourceException e) {
        failed(e);
      } catch (RuntimeException | Error e) {
        // A thread that ended would leave an old word standing for good.
        LOG.error("The cluster specification cannot be watched", e);
        failed(new SourceException(FailureReason.FAILED, e.toString(), e));
      }
      if (System.nanoTime() - began > pace.most().toNanos()) {
        failures.succeeded();
      }
      pause(failures.failed());
    }
  }

  private void failed(SourceException failure) {
    if (!isClosed()) {
      findings.failed(failure);
      tell();
    }
  }

  /** Returns when it has to be read anew although nothing is wrong. */
  private void readAndFollow() throws SourceException {
    Deadline deadline = deadline(LIST);
    ApiResource resource = new Discovery(client).find(selection.kind(), deadline);
    String path = resource.path(selection.where());
    String byName =
        selection.name().isEmpty() ? "" : "fieldSelector=metadata.name%3D" + selection.name();
    SpecList list =
        client.ask(path + (byName.isEmpty() ? "" : "?" + byName), deadline, SpecList::read);
    findings.listed(list.specs());
    tell();
    String query = byName.isEmpty() ? "?" : "?" + byName + "&";
    Optional<String> version = Optional.of(list.version());
    while (version.isPresent() && !isClosed()) {
      long began = System.nanoTime();
      version = watch(path + query, version.get());
      if (System.nanoTime() - began < pace.least().toNanos()) {
        return;
      }
    }
  }

  /** Returns the version to watch on from; empty when it has to be read anew. */
  private Optional<String> watch(String path, String version) throws SourceException {
    String from =
        path
            + "watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + Math.max(1, pace.watch().toSeconds())
            + "&resourceVersion="
            + URLEncoder.encode(version, StandardCharsets.UTF_8);
    try {
      return client.follow(
          from, deadline(pace.watch().plus(GRACE)), lines -> Optional.of(events(lines, version)));
    } catch (StatusException e) {
      if (e.status() == StatusException.GONE) {
        LOG.debug("The version to watch from is too old: {}", e.getMessage());
        return Optional.empty();
      }
      throw e;
    } catch (SourceException e) {
      // Connections break; that something is wrong shows when it cannot be read anew.
      if (e.reason() == FailureReason.UNREACHABLE) {
        LOG.debug("The watch broke off: {}", e.getMessage());
        return Optional.empty();
      }
      throw e;
    }
  }

  private String events(JsonLines lines, String from) throws IOException, SourceException {
    findings.recovered();
    tell();
    String version = from;
    Optional<byte[]> line = lines.next();
    while (line.isPresent()) {
      SpecEvent event = SpecEvent.read(line.get());
      ApiObject object = event.object();
      switch (event.type()) {
        case "ADDED", "MODIFIED" -> findings.changed(object.named());
        case "DELETED" -> findings.removed(object.named());
        case "ERROR" ->
            throw new StatusException(
                object.code(), "The watch ended with the error " + object.code() + ".");
        default -> LOG.debug("An event of type {}", event.type());
      }
      version = object.version().isEmpty() ? version : object.version();
      tell();
      line = lines.next();
    }
    return version;
  }

  private void tell() {
    if (!isClosed()) {
      damper.changed();
    }
  }

  private Deadline deadline(Duration time) {
    Deadline deadline = Deadline.after(time, clock);
    current = deadline;
    if (isClosed()) {
      deadline.cancel();
    }
    return deadline;
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause(Duration time) {
    try {
      closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
