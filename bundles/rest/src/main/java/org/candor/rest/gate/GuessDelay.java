package org.candor.rest.gate;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords, and locks nobody out: an attempt waits the longer, up to a
 * bound, the more have failed for its account, from its address and in all, and only so many wait
 * at a time. Attempts from addresses from which nothing failed wait apart from the others, so that
 * those cannot take their places. Thread-safe.
 */
final class GuessDelay {

  private static final int KEYS = 10_000;
  private static final String ALL = "";
  private static final int FIRST_MILLIS = 250;
  private static final int LONGEST_KEY = 64;
  private static final int MOST_DOUBLINGS = 10;

  // What is left of one failure after a minute.
  private static final double QUIET = 0.5;

  private final GuessLimits limits;
  private final FailureRate accounts;
  private final FailureRate addresses;
  private final FailureRate all;
  private final Map<String, Integer> waiting = new HashMap<>();

  /**
   * @param nanos {@link System#nanoTime()}
   */
  GuessDelay(GuessLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.accounts = new FailureRate(KEYS, nanos);
    this.addresses = new FailureRate(KEYS, nanos);
    this.all = new FailureRate(1, nanos);
  }

  /** How long an attempt has to wait. */
  Duration of(String account, String address) {
    double over =
        Math.max(
            Math.max(accounts.of(key(account)), addresses.of(address)) - limits.free(),
            all.of(ALL) - limits.freeOfAll());
    if (over < 0) {
      return Duration.ZERO;
    }
    long doubled = FIRST_MILLIS * (1L << (int) Math.min(over, MOST_DOUBLINGS));
    return Duration.ofMillis(Math.min(doubled, limits.longest().toMillis()));
  }

  void failed(String account, String address) {
    accounts.add(key(account));
    addresses.add(address);
    all.add(ALL);
  }

  /**
   * Takes a place among those that wait.
   *
   * @return gives it back; empty when there is none
   */
  synchronized Optional<Runnable> wait(String account, String address) {
    String room = addresses.of(address) < QUIET ? "new" : "known";
    String ofAll = room;
    String ofAccount = room + " account " + key(account);
    String ofAddress = room + " address " + address;
    if (count(ofAll) >= limits.ofAll()
        || count(ofAccount) >= limits.ofAccount()
        || count(ofAddress) >= limits.ofAddress()) {
      return Optional.empty();
    }
    List<String> places = List.of(ofAll, ofAccount, ofAddress);
    places.forEach(place -> waiting.merge(place, 1, Integer::sum));
    return Optional.of(() -> leave(places));
  }

  private int count(String place) {
    return waiting.getOrDefault(place, 0);
  }

  private synchronized void leave(List<String> places) {
    places.forEach(
        place -> waiting.computeIfPresent(place, (key, count) -> count == 1 ? null : count - 1));
  }

  private static String key(String account) {
    return account.length() <= LONGEST_KEY
        ? account
        : account.substring(0, LONGEST_KEY) + ' ' + account.hashCode();
  }
}
