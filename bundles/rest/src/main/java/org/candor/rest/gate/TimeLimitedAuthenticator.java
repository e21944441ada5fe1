package org.candor.rest.gate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.rest.response.RefusedRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time-limited authenticator: a realm may ask a server that does not answer. The checks have a
 * bounded pool of threads of their own (bulkhead), so that one that never ends costs none of those
 * that answer requests. Thread-safe.
 */
final class TimeLimitedAuthenticator implements UserAuthenticator, AutoCloseable {

  /** Checks at a time, and so the threads that can hang. */
  static final int CHECKS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(TimeLimitedAuthenticator.class);
  private static final int IDLE_SECONDS = 10;
  private static final long TURN_MILLIS = 50;

  private final UserAuthenticator users;
  private final Duration timeout;
  private final Semaphore turns = new Semaphore(CHECKS);
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicBoolean complained = new AtomicBoolean();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          this::thread);

  /**
   * @param timeout how long a check may take
   */
  TimeLimitedAuthenticator(UserAuthenticator users, Duration timeout) {
    this.users = users;
    this.timeout = timeout;
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "candor-rest-login-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Optional<Set<String>> roles(String realm, BasicCredentials credentials, String address)
      throws RefusedRequestException {
    FutureTask<Optional<Set<String>>> check =
        new FutureTask<>(() -> users.roles(realm, credentials, address));
    try {
      if (!turns.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        complain(realm);
        throw unanswered(realm);
      }
      begin(check);
      Optional<Set<String>> roles = check.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      complained.set(false);
      return roles;
    } catch (TimeoutException e) {
      complain(realm);
      throw unanswered(realm);
    } catch (RejectedExecutionException e) {
      throw unanswered(realm);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unanswered(realm);
    } catch (ExecutionException e) {
      throw new IllegalStateException("realm " + realm + " failed", e.getCause());
    } finally {
      check.cancel(true);
    }
  }

  private void begin(FutureTask<?> check) {
    boolean begun = false;
    try {
      threads.execute(() -> runInTurn(check));
      begun = true;
    } finally {
      if (!begun) {
        turns.release();
      }
    }
  }

  private void runInTurn(FutureTask<?> check) {
    try {
      check.run();
    } finally {
      turns.release();
    }
  }

  private void complain(String realm) {
    if (!complained.getAndSet(true)) {
      LOG.error(
          "Nobody can sign in over HTTP: realm {} has not said within {} s whose password it is."
              + " See jaas:realm-list for what it asks, and realm in etc/org.candor.rest.cfg.",
          realm,
          timeout.toSeconds());
    }
  }

  private RefusedRequestException unanswered(String realm) {
    return new RefusedRequestException(
        503,
        "The password cannot be checked: realm " + realm + " does not answer. Try again later.",
        Map.of("Retry-After", String.valueOf(Math.max(1, timeout.toSeconds()))));
  }

  /** Interrupts what is being checked; one that goes on all the same ends when its realm does. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
