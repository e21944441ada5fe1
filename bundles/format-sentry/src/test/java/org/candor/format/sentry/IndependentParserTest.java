package org.candor.format.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.candor.api.Bytes;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.http.testing.NeedsPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sentry's own JavaScript reads the envelopes as they were meant. */
@NeedsPeer({"node", "npm"})
@ExtendWith(SentryCore.class)
class IndependentParserTest {

  @TempDir private Path folder;

  @Test
  void readsWhatWasWritten() throws Exception {
    for (Report report : SentryFieldsTest.reports().toList()) {
      assertReadAsWritten(report);
    }
  }

  @Test
  void readsTheHeaderWithTheTimeOfSendingAsWell() throws Exception {
    String sentAt = "2026-11-21T12:00:00.123Z";
    Message message = new SentryFormatter().format(Reports.richCrash()).get(0);
    String sent = message.body().utf8().replaceFirst("}\n", ",\"sent_at\":\"" + sentAt + "\"}\n");

    JsonObject read = SentryCore.parse(Bytes.utf8(sent), folder);

    assertThat(read.getAsJsonObject("header").get("sent_at").getAsString()).isEqualTo(sentAt);
    assertThat(read.getAsJsonArray("items")).hasSize(1);
  }

  private void assertReadAsWritten(Report report) throws Exception {
    Message message = new SentryFormatter().format(report).get(0);
    Envelope written = Envelope.of(message);

    JsonObject read = SentryCore.parse(message.body(), folder);

    assertThat(read.get("header")).isEqualTo(written.header());
    assertThat(read.getAsJsonArray("items")).hasSize(1);
    JsonObject item = read.getAsJsonArray("items").get(0).getAsJsonObject();
    assertThat(item.get("header")).isEqualTo(written.itemHeader());
    assertThat(item.get("bytes").getAsInt()).isEqualTo(written.eventBytes());
    assertThat(item.get("payload").toString().equals(written.event().toString())).isTrue();
  }
}
