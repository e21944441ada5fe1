package org.candor.rest.gate;

import java.time.Duration;

/**
 * How guesses of passwords are slowed.
 *
 * @param free failures of an account or an address after which the next attempt has to wait
 * @param freeOfAll the same of all together
 * @param longest how long an attempt waits at most before the password is looked at
 * @param ofAddress attempts from one address that may wait at a time
 * @param ofAccount attempts for one account that may wait at a time
 * @param ofAll attempts that may wait at a time in all
 * @param refusal how long it takes at least to say that a password is wrong
 */
record GuessLimits(
    int free,
    int freeOfAll,
    Duration longest,
    int ofAddress,
    int ofAccount,
    int ofAll,
    Duration refusal) {

  static final GuessLimits USUAL =
      new GuessLimits(5, 60, Duration.ofSeconds(4), 32, 64, 128, Duration.ofMillis(300));
}
