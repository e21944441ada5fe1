package org.candor.rest.gate;

import com.sun.net.httpserver.HttpExchange;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.candor.rest.response.RefusedRequestException;

/**
 * Basic authentication (RFC 7617) with throttling. Wrong tries are limited for each client and
 * user, so that a script with an old password does not lock others out, and for each client, so
 * that it cannot try many users. A wrong user takes as long as a wrong password.
 */
final class BasicAuthentication {

  /** A client's user. */
  record Caller(String name, Set<String> roles) {

    boolean hasOneOf(Set<String> wanted) {
      return roles.stream().anyMatch(wanted::contains);
    }
  }

  static final int TRIES = 10;
  static final int TRIES_OF_ADDRESS = 60;

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int KEYS = 1000;

  private final UserAuthenticator users;
  private final Duration refusal;
  private final LoginThrottle ofUser;
  private final LoginThrottle ofAddress;

  /**
   * @param refusal how long it takes at least to say no
   */
  BasicAuthentication(UserAuthenticator users, Duration refusal, Clock clock) {
    this.users = users;
    this.refusal = refusal;
    this.ofUser = new LoginThrottle(TRIES, WINDOW, KEYS, clock);
    this.ofAddress = new LoginThrottle(TRIES_OF_ADDRESS, WINDOW, KEYS, clock);
  }

  Caller caller(HttpExchange exchange, String realm) throws RefusedRequestException {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      throw unauthorized(realm, "Sign in as a user of Karaf, with Basic authentication.");
    }
    BasicCredentials credentials =
        BasicCredentials.of(header)
            .orElseThrow(
                () ->
                    unauthorized(
                        realm,
                        "Authorization is not understood; allowed is Basic, with a user and a"
                            + " password."));
    String address = exchange.getRemoteAddress().getAddress().getHostAddress();
    String both = address + " " + credentials.user();
    limit(pause(both, address));
    long begin = System.nanoTime();
    Optional<Set<String>> roles = users.roles(realm, credentials, address);
    // Of those that are checked at a time, no more than may be wrong are told whether they were.
    Optional<Duration> pause = roles.isEmpty() ? failed(both, address) : pause(both, address);
    if (roles.isEmpty() || pause.isPresent()) {
      waitSince(begin);
    }
    limit(pause);
    return new Caller(
        credentials.user(),
        roles.orElseThrow(() -> unauthorized(realm, "The user or the password is wrong.")));
  }

  private Optional<Duration> pause(String both, String address) {
    return ofUser.pause(both).or(() -> ofAddress.pause(address));
  }

  private Optional<Duration> failed(String both, String address) {
    return ofUser.failed(both).or(() -> ofAddress.failed(address));
  }

  private static void limit(Optional<Duration> wait) throws RefusedRequestException {
    if (wait.isPresent()) {
      long seconds = wait.get().plusMillis(999).toSeconds();
      throw new RefusedRequestException(
          429,
          "There were too many wrong passwords; try again in " + seconds + " s.",
          Map.of("Retry-After", String.valueOf(seconds)));
    }
  }

  private void waitSince(long begin) {
    try {
      TimeUnit.NANOSECONDS.sleep(refusal.toNanos() - (System.nanoTime() - begin));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RefusedRequestException unauthorized(String realm, String reason) {
    return new RefusedRequestException(
        401,
        reason,
        Map.of("WWW-Authenticate", "Basic realm=\"" + realm + "\", charset=\"UTF-8\""));
  }
}
