package org.candor.rest.change;

import com.sun.net.httpserver.HttpExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.candor.control.Changes;
import org.candor.control.Topic;
import org.candor.control.document.JsonDocument;
import org.candor.rest.gate.PathRouter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Publisher of server-sent events: streams changes to all subscribers from one thread of its own,
 * so that they cost no thread that answers requests. A client that is gone is noticed with the next
 * heartbeat at the latest.
 */
@Component(service = EventStreams.class)
public final class EventStreams {

  /** How many may listen at a time. */
  static final int MOST = 20;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  // Whoever may not sign in any more is not told for longer than that: clients come back.
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long IDLE_SECONDS = 20;
  private static final String HELLO = "retry: 2000\n\n";

  private final Runnable stopListening;
  private final Duration heartbeat;
  private final ScheduledThreadPoolExecutor thread;
  private final List<EventStream> streams = new ArrayList<>();
  private int taken;
  private boolean beating;

  @Activate
  public EventStreams(@Reference Changes changes) {
    this(changes, HEARTBEAT);
  }

  /**
   * @param heartbeat how often a stream is sent something at least
   */
  public EventStreams(Changes changes, Duration heartbeat) {
    this.heartbeat = heartbeat;
    thread = new ScheduledThreadPoolExecutor(1, EventStreams::thread);
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    stopListening = changes.onChange(this::changed);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "candor-rest-changes", 0, false);
    thread.setDaemon(true);
    return thread;
  }

  @Deactivate
  public void close() {
    stopListening.run();
    thread.shutdownNow();
    synchronized (this) {
      streams.forEach(EventStream::end);
      streams.clear();
    }
  }

  /** Adds where to listen. */
  public void addTo(PathRouter routes) {
    routes.add("/v1/changes", new ChangesHandler(this));
  }

  /** Takes a place for one who wants to listen; false when there is none left. */
  synchronized boolean take() {
    if (taken == MOST) {
      return false;
    }
    taken++;
    return true;
  }

  /** A place that was taken is free. */
  synchronized void giveBack() {
    taken--;
  }

  /** Begins a stream for which a place was taken, and gives that back when it ends. */
  void begin(HttpExchange exchange) {
    EventStream stream = new EventStream(exchange, System.nanoTime());
    try {
      thread.execute(() -> add(stream));
    } catch (RejectedExecutionException e) {
      stream.end();
    }
  }

  private void add(EventStream stream) {
    if (!stream.send(HELLO)) {
      end(stream);
      return;
    }
    synchronized (this) {
      streams.add(stream);
      if (!beating) {
        beating = true;
        beatLater();
      }
    }
  }

  private void changed(Set<Topic> topics) {
    Set<Topic> what = EnumSet.copyOf(topics);
    synchronized (this) {
      if (streams.isEmpty()) {
        return;
      }
    }
    try {
      thread.execute(
          () -> sendAll("event: changed\ndata: " + new JsonDocument(new Changed(what)) + "\n\n"));
    } catch (RejectedExecutionException closed) {
      return;
    }
  }

  private record Changed(Collection<Topic> what) {}

  private void beat() {
    long now = System.nanoTime();
    endUnless(stream -> now - stream.since() < LONGEST.toNanos());
    sendAll(": still here\n\n");
    synchronized (this) {
      beating = !streams.isEmpty();
      if (beating) {
        beatLater();
      }
    }
  }

  private void beatLater() {
    try {
      thread.schedule(this::beat, heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      beating = false;
    }
  }

  private void sendAll(String lines) {
    endUnless(stream -> stream.send(lines));
  }

  private void endUnless(Predicate<EventStream> goesOn) {
    List<EventStream> all;
    synchronized (this) {
      all = List.copyOf(streams);
    }
    for (EventStream stream : all) {
      if (!goesOn.test(stream)) {
        end(stream);
      }
    }
  }

  private void end(EventStream stream) {
    synchronized (this) {
      streams.remove(stream);
      taken--;
    }
    stream.end();
  }
}
