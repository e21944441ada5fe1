package org.candor.format.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.candor.api.Bytes;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.format.dns.QueryName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A million replies that somebody changed: each is read or refused, and nothing bad comes out. */
@Tag("long")
class AnswerFuzzTest {

  private static final int REPLIES = 1_000_000;
  private static final int SIGNED_REPLIES = 5_000;
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "\\u0000",
          "\\u00ff",
          "\\ud800",
          "[",
          "]",
          "],[",
          ",",
          " ",
          ";",
          "=",
          "%",
          "%1B",
          "%E2%80%AE",
          "%ff",
          "*",
          "candor=1 ",
          "version=",
          "url=http:",
          "2.5.0-",
          "+1",
          "9999999999",
          "T",
          "Z",
          "-",
          "\u0000",
          "\u001b[2J",
          "\u202e",
          "\ud83d\ude80",
          "\ud800");

  private final TestKey vendor = new TestKey();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final String question =
      new QueryName("00".repeat(16), "11".repeat(16), "2.4.0", "1.29", "eks").encode();
  private final VendorAnswer listed = answer(Optional.of("2.4.0"));
  private final List<String> seeds =
      List.of(
          Replies.of(vendor.signed(listed)).utf8(),
          Replies.of("v=spf1 -all", vendor.signed(answer(Optional.empty()))).utf8(),
          Replies.ofStrings(List.of(List.of("candor=1 product=p version=*", " newest=1"))).utf8());

  private static VendorAnswer answer(Optional<String> version) {
    return new VendorAnswer(
        "p",
        version,
        "2.5.0",
        Urgency.OK,
        "https://e.com/",
        NOW.minus(Duration.ofDays(1)),
        NOW.plus(Duration.ofDays(90)));
  }

  @Test
  @Timeout(120)
  void nothingButARefusalComesOfAMillionReplies() {
    UpgradeAnswerReader reader = new UpgradeAnswerReader(Optional.empty(), clock);
    Random random = new Random(4);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < REPLIES; i++) {
      Bytes reply = mutated(random);
      try {
        Optional<UpgradeAnswer> answer = reader.read(question, "", reply);
        answer.ifPresent(AnswerFuzzTest::assertHarmless);
        read += answer.isPresent() ? 1 : 0;
      } catch (RefusedAnswerException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("Reply " + i + ": " + reply.utf8(), e);
      }
    }

    // Otherwise the replies are not what this test is for.
    assertThat(read).isGreaterThan(REPLIES / 20);
    assertThat(refused).isGreaterThan(REPLIES / 20);
  }

  @Test
  @Timeout(120)
  void aSignedAnswerSaysWhatTheVendorSaidOrIsRefused() throws Exception {
    UpgradeAnswerReader reader = new UpgradeAnswerReader(Optional.of(vendor.verifyKey()), clock);
    UpgradeAnswer listedRead = reader.read(question, "", Bytes.utf8(seeds.get(0))).orElseThrow();
    UpgradeAnswer defaultRead = reader.read(question, "", Bytes.utf8(seeds.get(1))).orElseThrow();
    Random random = new Random(5);
    for (int i = 0; i < SIGNED_REPLIES; i++) {
      try {
        reader
            .read(question, "", mutated(random))
            .ifPresent(answer -> assertThat(answer).isIn(listedRead, defaultRead));
      } catch (RefusedAnswerException e) {
        assertThat(e).hasMessageMatching("[ -~]+");
      }
    }
  }

  private static void assertHarmless(UpgradeAnswer answer) {
    for (String text : List.of(answer.product(), answer.running(), answer.newest())) {
      if (text.length() > 100
          || text.codePoints()
              .anyMatch(c -> c < ' ' || c == 0x7f || c == 0x9b || c == 0x202e || c == 0xfffd)) {
        throw new AssertionError("shows badly: " + text);
      }
    }
    answer
        .link()
        .ifPresent(
            link -> {
              if (link.getHost() == null || link.toString().length() > 200) {
                throw new AssertionError("leads nowhere: " + link);
              }
            });
  }

  private Bytes mutated(Random random) {
    StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(8));
      switch (random.nextInt(6)) {
        case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end));
        case 3 -> text.replace(at, end, String.valueOf((char) random.nextInt(256)));
        case 4 -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        default -> text.setLength(random.nextInt(8) == 0 ? at : text.length());
      }
    }
    return Bytes.utf8(text.toString());
  }
}
