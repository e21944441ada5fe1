package org.candor.receiver;

import java.time.Duration;
import java.util.Optional;

/**
 * How requests that are in order are answered.
 *
 * @param status the HTTP status
 * @param retryAfter seconds for the header of that name
 * @param delay before the answer
 */
record Behaviour(int status, Optional<Long> retryAfter, Duration delay) {

  /** Whether the sender is told that its message was taken. */
  boolean takes() {
    return status < 300;
  }
}
