package org.candor.rest.gate;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.candor.http.server.AddressBlock;
import org.candor.http.server.ClientLink;
import org.candor.rest.response.RefusedRequestException;

/**
 * Basic authentication (RFC 7617). Whose credentials were right before, or who comes from where
 * that user was before, has them checked at once; any other attempt waits as {@link GuessDelay}
 * says, on its own connection's thread. A wrong user takes as long as a wrong password.
 */
final class BasicAuthentication {

  /** A client's user. */
  record Caller(String name, Set<String> roles) {

    boolean hasOneOf(Set<String> wanted) {
      return roles.stream().anyMatch(wanted::contains);
    }
  }

  private static final int RETRY_SECONDS = 5;
  private static final int PLACES = 1000;

  private final UserAuthenticator users;
  private final GuessLimits limits;
  private final GuessDelay delay;
  private final FailureRate fromKnownPlaces;
  private final KnownLogins known = new KnownLogins();
  private final SecurityLog log;
  // Half of those that the realm answers at a time: the others are for who is known.
  private final Semaphore guesses = new Semaphore(TimeLimitedAuthenticator.CHECKS / 2, true);

  /**
   * @param nanos {@link System#nanoTime()}
   */
  BasicAuthentication(
      UserAuthenticator users, GuessLimits limits, Clock clock, LongSupplier nanos) {
    this.users = users;
    this.limits = limits;
    this.delay = new GuessDelay(limits, nanos);
    this.fromKnownPlaces = new FailureRate(PLACES, nanos);
    this.log = new SecurityLog(clock);
  }

  /**
   * Who asks.
   *
   * @throws IOException when the client leaves while it has to wait
   */
  Caller caller(HttpExchange exchange, String realm) throws RefusedRequestException, IOException {
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
    String client = exchange.getRemoteAddress().getAddress().getHostAddress();
    String address = AddressBlock.of(exchange.getRemoteAddress().getAddress()).text();
    if (known.has(realm, credentials) || isFromKnownPlace(realm, credentials.user(), address)) {
      return checked(exchange, realm, credentials, client, address);
    }
    await(exchange, credentials.user(), address);
    boolean begun = false;
    try {
      begun = guesses.tryAcquire(RETRY_SECONDS, TimeUnit.SECONDS);
      if (!begun) {
        throw tooMany();
      }
      return checked(exchange, realm, credentials, client, address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw tooMany();
    } finally {
      if (begun) {
        guesses.release();
      }
    }
  }

  private boolean isFromKnownPlace(String realm, String user, String address) {
    return known.has(realm, user, address)
        && fromKnownPlaces.of(address + ' ' + user) < limits.free();
  }

  private void await(HttpExchange exchange, String user, String address)
      throws RefusedRequestException, IOException {
    Duration wait = delay.of(user, address);
    if (wait.isZero()) {
      return;
    }
    Runnable leave = delay.wait(user, address).orElseThrow(BasicAuthentication::tooMany);
    try {
      pause(exchange, wait);
    } finally {
      leave.run();
    }
  }

  private Caller checked(
      HttpExchange exchange,
      String realm,
      BasicCredentials credentials,
      String client,
      String address)
      throws RefusedRequestException, IOException {
    long begin = System.nanoTime();
    String user = credentials.user();
    Optional<Set<String>> roles = users.roles(realm, credentials, client);
    if (roles.isEmpty()) {
      known.remove(realm, credentials);
      delay.failed(user, address);
      fromKnownPlaces.add(address + ' ' + user);
      log.failed(user, client);
      pause(exchange, limits.refusal().minusNanos(System.nanoTime() - begin));
      throw unauthorized(realm, "The user or the password is wrong.");
    }
    if (!known.has(realm, user, address)) {
      log.succeeded(user, client);
    }
    known.add(realm, credentials, address);
    return new Caller(user, roles.get());
  }

  private static void pause(HttpExchange exchange, Duration duration) throws IOException {
    Optional<ClientLink> link = ClientLink.of(exchange);
    if (link.isPresent() && !duration.isNegative()) {
      link.get().pause(duration);
    }
  }

  private static RefusedRequestException tooMany() {
    return new RefusedRequestException(
        429,
        "Too many others try to sign in; try again in " + RETRY_SECONDS + " s.",
        Map.of("Retry-After", String.valueOf(RETRY_SECONDS)));
  }

  private static RefusedRequestException unauthorized(String realm, String reason) {
    return new RefusedRequestException(
        401,
        reason,
        Map.of("WWW-Authenticate", "Basic realm=\"" + realm + "\", charset=\"UTF-8\""));
  }
}
