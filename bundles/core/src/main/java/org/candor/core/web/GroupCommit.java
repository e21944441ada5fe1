package org.candor.core.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Group commit: the first caller leads, later ones form the next group. So what many threads bring
 * at the same time is dealt with together, and each waits until its own was. Thread-safe.
 *
 * @param <Q> what is brought
 * @param <R> what becomes of it
 */
final class GroupCommit<Q, R> {

  private final Work<Q, R> work;
  private List<Ticket<Q, R>> waiting = new ArrayList<>();
  private boolean working;

  GroupCommit(Work<Q, R> work) {
    this.work = work;
  }

  /** Deals with a group; for one thread at a time. */
  @FunctionalInterface
  interface Work<Q, R> {

    /**
     * Does it.
     *
     * @return what became of each, in their order
     * @throws IOException when nothing became of any
     */
    List<R> on(List<Q> group) throws IOException;
  }

  /** Waits until it was dealt with. */
  R bring(Q brought) throws IOException {
    Ticket<Q, R> mine = new Ticket<>(brought);
    List<Ticket<Q, R>> group;
    synchronized (this) {
      waiting.add(mine);
      while (working && !mine.isDone()) {
        await(mine);
      }
      if (mine.isDone()) {
        return mine.result();
      }
      working = true;
      group = waiting;
      waiting = new ArrayList<>();
    }
    work(group);
    return mine.result();
  }

  /** Waits until the group that is being worked on, if any, is done. */
  synchronized void settle() throws IOException {
    while (working) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
  }

  /** How many wait for their group to begin. */
  synchronized int waiting() {
    return waiting.size();
  }

  private void work(List<Ticket<Q, R>> group) throws IOException {
    Outcome<R> outcome = new Outcome<>(List.of(), Optional.of(new IOException("It failed.")));
    try {
      outcome = outcome(group.stream().map(ticket -> ticket.brought).toList());
    } finally {
      synchronized (this) {
        for (int i = 0; i < group.size(); i++) {
          group.get(i).outcome = Optional.of(outcome);
          group.get(i).place = i;
        }
        working = false;
        notifyAll();
      }
    }
  }

  private Outcome<R> outcome(List<Q> group) {
    try {
      List<R> results = work.on(group);
      Objects.checkIndex(group.size() - 1, results.size());
      return new Outcome<>(results, Optional.empty());
    } catch (IOException e) {
      return new Outcome<>(List.of(), Optional.of(e));
    }
  }

  private void await(Ticket<Q, R> mine) throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      waiting.remove(mine);
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while others had their turn.");
  }

  /** What became of a group. */
  private record Outcome<R>(List<R> results, Optional<IOException> failure) {}

  private static final class Ticket<Q, R> {

    private final Q brought;
    private Optional<Outcome<R>> outcome = Optional.empty();
    private int place;

    private Ticket(Q brought) {
      this.brought = brought;
    }

    private boolean isDone() {
      return outcome.isPresent();
    }

    private R result() throws IOException {
      Outcome<R> done = outcome.orElseThrow();
      if (done.failure().isPresent()) {
        // One of its own for each thread, which may add to its trace.
        throw new IOException(done.failure().get().getMessage(), done.failure().get());
      }
      return done.results().get(place);
    }
  }
}
