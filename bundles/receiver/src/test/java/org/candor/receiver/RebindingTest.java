package org.candor.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.candor.http.testing.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web site whose name points to this machine has a browser ask (DNS rebinding). */
class RebindingTest {

  private final Receiver receiver = new Receiver(TestConfig.NORMAL, Clock.systemUTC());

  @AfterEach
  void stop() {
    receiver.deactivate();
  }

  @ParameterizedTest
  @CsvSource({
    "evil.test, 421",
    "evil.test:15706, 421",
    "localhost.evil.test, 421",
    "127.0.0.1.evil.test, 421",
    "localhost, 200",
    "LOCALHOST:15706, 200",
    "127.0.0.1:15706, 200",
    "[::1]:15706, 200"
  })
  void whatWasReceivedIsShownUnderThisMachinesNamesOnly(String host, String status)
      throws Exception {
    try (Socket socket = new Socket("127.0.0.1", Eventually.get(receiver::port))) {
      socket.setSoTimeout(10_000);
      String request = "GET /received HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }
  }
}
