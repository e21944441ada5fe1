package org.candor.rest.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JaasAuthenticatorTest {

  @Test
  void aRealmThatIsNotThereYetIsAWarningAndIsToldOnce() {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    JaasAuthenticator users = new JaasAuthenticator();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < 2; i++) {
        assertThat(users.roles("nowhere", new BasicCredentials("u", "s3cret"), "127.0.0.1"))
            .isEmpty();
      }
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("WARN", "for now: the users of realm nowhere")
        .doesNotContain("s3cret");
  }
}
