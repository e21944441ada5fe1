package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it lasts, the realm does not say who {@value #SLEEPER} is, whoever interrupts it. */
final class HangingRealm {

  static final String SLEEPER = "sleeper";

  private static volatile HangingRealm current = new HangingRealm();

  private final CountDownLatch morning = new CountDownLatch(1);

  /** Begins one, in which all checks that there can be at a time hang; it has to be ended. */
  static HangingRealm begin(Client client) throws Exception {
    current = new HangingRealm();
    for (int i = 0; i < 8; i++) {
      assertThat(client.as(SLEEPER).get("/v1/status").status()).isEqualTo(503);
    }
    return current;
  }

  /** Called by the realm. */
  static void sleep() {
    CountDownLatch morning = current.morning;
    boolean awake = false;
    while (!awake) {
      try {
        awake = morning.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // What reads from a server is not interrupted either.
      }
    }
  }

  void end() {
    morning.countDown();
  }
}
