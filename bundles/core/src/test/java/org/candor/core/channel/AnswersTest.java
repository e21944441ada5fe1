package org.candor.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.candor.api.Bytes;
import org.candor.api.ChannelState;
import org.candor.api.consent.Purpose;
import org.candor.api.report.ReportKind;
import org.candor.api.sink.Receipt;
import org.candor.core.plugin.ChannelSettings;
import org.junit.jupiter.api.Test;

/** What an endpoint answers besides that it took something. */
class AnswersTest extends RunningChannel {

  @Test
  void whatTheEndpointSendsBackIsReadByTheFormatterAndOutlivesARestart() {
    graceIsOver();
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("9.9.9")));
    step(SETTINGS, true);
    assertThat(upgrades.notice().newest()).isEqualTo("9.9.9");
    assertThat(upgrades.notice().isNews()).isTrue();
    stopStores();
    restart();
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("refuse")));
    step(SETTINGS, true);
    upgrades.recall();
    assertThat(upgrades.notice().newest()).isEqualTo("9.9.9");
  }

  @Test
  void aVersionIsAskedForAfterAStartUnlessItWasWithinTheInterval() {
    ChannelSettings daily =
        new ChannelSettings(
            Purpose.USAGE, ReportKind.VERSION_CHECK, Duration.ofDays(1), "plain", "told", true);
    step(daily, false);
    clock.advance(Duration.ofMinutes(11));
    step(daily, false);
    assertThat(sink.got).as("once the grace is over").hasSize(1);
    step(daily, false);
    stopStores();
    restart();
    step(daily, false);
    clock.advance(Duration.ofHours(19));
    stopStores();
    restart();
    step(daily, false);
    assertThat(sink.got).as("a start within the day").hasSize(1);
    stopStores();
    clock.advance(Duration.ofHours(6));
    restart();
    step(daily, false);
    step(daily, false);
    assertThat(sink.got).as("a later start").hasSize(2);
  }

  @Test
  void anAnswerThatIsOfNoUseShowsUntilABetterOneComesAndIsLoggedOnce() throws Exception {
    graceIsOver();
    sink.answers.add(Receipt.delivered("NXDOMAIN").advising("Check zone."));
    sink.answers.add(Receipt.delivered("NXDOMAIN").advising("Check zone."));
    sink.answers.add(Receipt.retry("SERVFAIL"));
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("refuse")));
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("refuse")));
    sink.answers.add(Receipt.delivered("NOERROR").replying(Bytes.utf8("9.9.9")));
    Channel channel = channel();
    String log =
        logged(
            () -> {
              assertThat(join(channel.send()))
                  .satisfies(result -> assertThat(result.state()).isEqualTo(ChannelState.FAILING))
                  .satisfies(result -> assertThat(result.note()).isEqualTo("Check zone."));
              assertThat(channel.status().queued()).contains(0L);
              assertThat(channel.status().lost()).contains(Map.of());
              join(channel.send());
            });
    assertThat(log.split("Check zone\\.", -1)).as("one line").hasSize(2);
    channel.close();
    stopStores();
    restart();
    Channel restarted = channel();
    join(restarted.send());
    assertThat(restarted.status().advice()).contains("SERVFAIL");
    assertThat(logged(() -> join(restarted.send())))
        .contains("delivers again")
        .as("another reason is no news")
        .doesNotContain("told to");
    assertThat(restarted.status().state()).isEqualTo(ChannelState.FAILING);
    assertThat(restarted.status().advice()).isEqualTo("told to. What is known of upgrades stays.");
    sink.endpoint = "told:/other";
    step(SETTINGS, false);
    answer(true);
    assertThat(restarted.status().state()).as("another endpoint").isEqualTo(ChannelState.ACTIVE);
    sink.endpoint = "told:/sink";
    assertThat(logged(() -> join(restarted.send()))).contains("valid again");
    assertThat(restarted.status().state()).isEqualTo(ChannelState.ACTIVE);
    assertThat(restarted.status().advice()).isEmpty();
    assertThat(upgrades.notice().from()).isEqualTo("told:/sink");
    restarted.close();
  }

  @Test
  void anAnswerInTheLogIsASentenceAndOneMessageIsOne() {
    graceIsOver();
    sink.answers.add(Receipt.retry("503"));
    assertThat(logged(() -> step(SETTINGS, true)))
        .contains("503. 1 message waits on disk to be tried again.");
  }

  private static String logged(Runnable work) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }
}
