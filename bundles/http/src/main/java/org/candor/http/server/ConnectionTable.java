package org.candor.http.server;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Admission of connections, bounded in all and for each address. Where a bound is reached, a new
 * one is let in and the one goes whose client has been waited for longest; one that is being
 * answered never goes. Thread-safe.
 */
final class ConnectionTable {

  private final ServerLimits limits;
  private final ByteBudget budget;
  private final Set<Connection> open = new HashSet<>();
  private boolean closing;

  ConnectionTable(ServerLimits limits) {
    this.limits = limits;
    this.budget = new ByteBudget(limits.bodyBytes(), () -> cutOldest(ConnectionTable::stalls));
  }

  private static boolean stalls(Connection connection) {
    return connection.holdsBody() && connection.clientWait().isStalled(System.nanoTime());
  }

  ByteBudget budget() {
    return budget;
  }

  /**
   * Lets a connection in.
   *
   * @param shared whether many clients share its address
   * @return whether there is room
   */
  synchronized boolean admit(Connection connection, boolean shared) {
    if (closing) {
      return false;
    }
    Predicate<Connection> neighbour = other -> other.address().equals(connection.address());
    boolean room = shared || hasRoom(neighbour, limits.ofAddress());
    if (room && hasRoom(other -> true, limits.connections())) {
      open.add(connection);
      return true;
    }
    return false;
  }

  private boolean hasRoom(Predicate<Connection> which, int most) {
    return open.stream().filter(which).count() < most || cutOldest(which);
  }

  /** Cuts off the client that has been waited for longest. */
  private synchronized boolean cutOldest(Predicate<Connection> which) {
    long now = System.nanoTime();
    List<Connection> waiting =
        open.stream()
            .filter(which)
            .filter(connection -> connection.clientWait().isWaiting())
            .sorted(Comparator.comparing((Connection one) -> -one.clientWait().age(now)))
            .toList();
    Optional<Connection> cut =
        waiting.stream().filter(one -> one.clientWait().cutIfWaiting()).findFirst();
    cut.ifPresent(open::remove);
    return cut.isPresent();
  }

  synchronized void remove(Connection connection) {
    open.remove(connection);
  }

  synchronized boolean isEmpty() {
    return open.isEmpty();
  }

  synchronized int size() {
    return open.size();
  }

  synchronized boolean isClosing() {
    return closing;
  }

  /** Cuts off whoever takes longer than allowed. */
  void cutOverdue() {
    long now = System.nanoTime();
    all().forEach(connection -> connection.clientWait().cutIfOverdue(now));
  }

  /** Lets nobody in any more, and ends what is not being answered. */
  void close() {
    synchronized (this) {
      closing = true;
    }
    all().forEach(Connection::cutUnlessBusy);
  }

  /** Ends all that is left. */
  void cutAll() {
    all().forEach(Connection::cut);
  }

  private synchronized List<Connection> all() {
    return List.copyOf(open);
  }
}
