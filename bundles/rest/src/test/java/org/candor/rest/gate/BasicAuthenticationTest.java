package org.candor.rest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.candor.http.server.HttpListener;
import org.candor.http.server.ListenAddress;
import org.candor.http.server.Watchdog;
import org.candor.http.testing.Eventually;
import org.candor.rest.response.RefusedRequestException;
import org.candor.rest.response.RestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who signs in while others do. */
class BasicAuthenticationTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BasicAuthentication login =
      new BasicAuthentication(this::roles, Duration.ZERO, Clock.systemUTC());
  private volatile CyclicBarrier together = new CyclicBarrier(1);

  // Not the JDK's own: whoever makes the first has it read its properties, for all tests.
  private final HttpListener listener =
      new HttpListener(
          "test",
          watchdog -> this::signIn,
          new NoEvents(),
          HttpListener.RETRY,
          Watchdog.Limits.USUAL);

  @BeforeEach
  void open() {
    listener.serve(Optional.of(new ListenAddress("127.0.0.1", 0)));
  }

  @AfterEach
  void close() {
    listener.close();
    threads.shutdownNow();
  }

  private Optional<Set<String>> roles(String realm, BasicCredentials credentials, String address) {
    try {
      together.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return credentials.password().equals("right") ? Optional.of(Set.of("admin")) : Optional.empty();
  }

  private void signIn(HttpExchange exchange) throws IOException {
    RestResponse answer;
    try {
      login.caller(exchange, "realm");
      answer = RestResponse.empty(204);
    } catch (RefusedRequestException e) {
      answer = e.response();
    }
    answer.send(exchange);
  }

  /** The statuses of so many who sign in, none of whom is answered before all have asked. */
  private List<Integer> statuses(int asking, String password) throws Exception {
    together = new CyclicBarrier(asking);
    String basic =
        Base64.getEncoder().encodeToString(("jo:" + password).getBytes(StandardCharsets.UTF_8));
    int port = Eventually.get(listener::address).getPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .timeout(Duration.ofSeconds(15))
            .header("Authorization", "Basic " + basic)
            .build();
    HttpClient client = HttpClient.newHttpClient();
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < asking; i++) {
      answers.add(
          threads.submit(() -> client.send(request, BodyHandlers.discarding()).statusCode()));
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get(20, TimeUnit.SECONDS));
    }
    return statuses;
  }

  @Test
  void thoseWhoSignInAtATimeDoNotCountAsWrong() throws Exception {
    assertThat(statuses(8, "wrong")).containsOnly(401);
    assertThat(statuses(6, "right")).containsOnly(204);
    assertThat(statuses(2, "wrong")).containsOnly(401);
    assertThat(statuses(1, "right")).containsOnly(429);
  }

  @Test
  void noMoreThanTenAreToldThatTheyAreWrongThoughAllTryAtATime() throws Exception {
    assertThat(statuses(8, "wrong")).containsOnly(401);
    assertThat(statuses(6, "wrong")).containsExactlyInAnyOrder(401, 401, 429, 429, 429, 429);
  }
}
