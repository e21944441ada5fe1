package org.candor.receiver;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * Fault injection: how requests that are in order are answered.
 *
 * @param status the HTTP status
 * @param retryAfter seconds for the header of that name
 * @param delay before the answer
 */
record ConfiguredBehaviour(int status, Optional<Long> retryAfter, Duration delay) {

  /** Whether the reply says that its message was taken. */
  boolean takes() {
    return status < 300;
  }

  /** Why a request that is in order was not taken. */
  String refusal() {
    return "Refused because etc/" + Receiver.PID + ".cfg says so.";
  }

  /**
   * The answer to a request that is in order, after the delay.
   *
   * @throws InterruptedException when the server is being stopped
   */
  EndpointResponse answer(JsonObject body) throws InterruptedException {
    Thread.sleep(delay.toMillis());
    EndpointResponse answer = EndpointResponse.of(status, body);
    return retryAfter.map(seconds -> answer.with("Retry-After", seconds.toString())).orElse(answer);
  }
}
