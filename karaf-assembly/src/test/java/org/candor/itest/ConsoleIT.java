package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.candor.console.testing.Chromium;
import org.candor.http.testing.NeedsPeer;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The web page in a running Karaf, before one of its users. */
@NeedsPeer({"chromium", "chromedriver"})
class ConsoleIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final String CONSENT = "org.candor.consent";

  private final KarafInstance karaf = KARAF.get();
  private final int port = karaf.httpPort();
  private String consentBefore;

  @BeforeEach
  void serve() throws Exception {
    consentBefore = karaf.etc().text(CONSENT);
    KarafInstance.awaitPort(port);
  }

  @AfterEach
  void asBefore() throws Exception {
    karaf.run("telemetry:enable usage");
    karaf.etc().write(CONSENT, consentBefore);
  }

  @Test
  void nobodySeesThePageWithoutAPassword() throws Exception {
    for (String path : new String[] {"/telemetry", "/telemetry/app.js", "/telemetry/"}) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("<html", "import");
    }
  }

  @Test
  void aSwitchOnThePageAndACommandInTheShellSayTheSame(@TempDir Path profile) throws Exception {
    try (Chromium chromium = new Chromium(profile)) {
      chromium.show(1280, 900, false);
      chromium.open("http://karaf:karaf@127.0.0.1:" + port + "/telemetry");
      chromium.awaitText("#live", "Live");
      assertThat(chromium.text("#channels")).contains("segment", "sentry", "dns");
      assertThat(chromium.text("#sources")).contains("karaf");
      assertThat(chromium.complaints()).isEmpty();

      chromium.find("#answer-usage").click();
      chromium.awaitText("#news", "Usage is off");
      JsonObject explanation = karaf.run("telemetry:explain usage --json").object();
      assertThat(explanation.get("allowed").getAsBoolean()).isFalse();
      assertThat(explanation.get("decidedBy").getAsString()).isEqualTo("answers");
      assertThat(karaf.channel().get("state").getAsString()).isEqualTo("off");
      assertThat(explanation.getAsJsonArray("layers").toString())
          .contains("turned off by karaf on the web page from 127.0.0.1");

      karaf.run("telemetry:enable usage");
      chromium.await(
          "return document.getElementById('answer-usage').getAttribute('aria-checked') === 'true'");

      chromium.run(
          "[...document.querySelectorAll('.channel')]"
              + ".find(c => c.querySelector('h3').textContent === 'segment')"
              + ".querySelector('.preview').open = true");
      chromium.awaitText(".readable", "\"health-unit-");
      assertThat(
              chromium.run(
                  "return [...document.querySelectorAll('.readable .line')]"
                      + ".filter(l => /^\"[\\w-]+\": [^{[]/.test(l.textContent)"
                      + " && !l.querySelector('.key')).map(l => l.textContent)"))
          .as("values whose name is not explained")
          .asString()
          .isEqualTo("[]");
      assertThat(chromium.complaints()).isEmpty();
    }
  }
}
