package org.candor.format.dns.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.format.dns.QueryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeAnswerReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant ISSUED = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant EXPIRES = Instant.parse("2027-02-20T00:00:00Z");
  private static final String URL = "https://example.com/2.5.0";

  private static final VendorAnswer LISTED = listed("2.4.0", Urgency.REQUIRED);
  private static final VendorAnswer DEFAULT =
      new VendorAnswer(
          "storageos", Optional.empty(), "2.5.0", Urgency.RECOMMENDED, URL, ISSUED, EXPIRES);

  private static final String UNSIGNED =
      "candor=1 product=storageos version=2.4.0 severity=required newest=2.5.0 url="
          + URL
          + " issued=2026-11-22T00:00:00Z expires=2027-02-20T00:00:00Z";

  private final TestKey vendor = new TestKey();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final UpgradeAnswerReader trusting = new UpgradeAnswerReader(Optional.empty(), clock);
  private final UpgradeAnswerReader strict =
      new UpgradeAnswerReader(Optional.of(vendor.verifyKey()), clock);

  private static VendorAnswer listed(String version, Urgency urgency) {
    return new VendorAnswer(
        "storageos", Optional.of(version), "2.5.0", urgency, URL, ISSUED, EXPIRES);
  }

  private static String question(String version) {
    return new QueryName("00".repeat(16), "11".repeat(16), version, "1.29", "eks").encode();
  }

  private static final String QUESTION = question("2.4.0");

  @Test
  void believesWhatTheVendorSigned() throws Exception {
    assertThat(strict.read(QUESTION, "", Replies.of(vendor.signed(LISTED))))
        .contains(
            new UpgradeAnswer(
                "storageos",
                "2.4.0",
                "2.5.0",
                Severity.REQUIRED,
                Optional.of(URI.create(URL)),
                ISSUED,
                EXPIRES,
                true));
  }

  @Test
  void saysThatNothingWasCheckedWithoutAKey() throws Exception {
    assertThat(
            trusting.read(QUESTION, "", Replies.of(vendor.signed(LISTED))).orElseThrow().signed())
        .isFalse();
    assertThat(trusting.read(QUESTION, "", Replies.of(UNSIGNED)).orElseThrow().severity())
        .isEqualTo(Severity.REQUIRED);
  }

  @Test
  void refusesWhatIsNotSignedWithTheKey() {
    assertRefused(strict, UNSIGNED).withMessageContaining("is not signed although a publicKey");
    assertRefused(strict, UNSIGNED + " signature=").withMessageContaining("is not signed");
    assertRefused(strict, UNSIGNED + " signature=AAAA").withMessageContaining("does not match");
    assertRefused(strict, new TestKey().signed(LISTED)).withMessageContaining("does not match");
  }

  @ParameterizedTest
  @CsvSource({
    "product=storageos, product=other",
    "version=2.4.0, version=*",
    "severity=required, severity=ok",
    "newest=2.5.0, newest=2.5.1",
    "example.com, example.org",
    "issued=2026-11-22T00, issued=2026-11-22T01",
    "expires=2027, expires=2028",
  })
  void theSignatureCoversEachValue(String said, String forged) {
    assertRefused(strict, vendor.signed(LISTED).replace(said, forged))
        .withMessageContaining("does not match the publicKey");
  }

  @Test
  void theSignatureCoversAnAbsentLinkToo() {
    assertRefused(strict, vendor.signed(LISTED).replaceFirst("url=\\S+", ""))
        .withMessageContaining("does not match the publicKey");
  }

  @ParameterizedTest
  @CsvSource({
    "2.3.9, RECOMMENDED",
    "2.5.0-rc.1, RECOMMENDED",
    "2.5.0, OK",
    "2.5.0+build, OK",
    "2.10.0, OK",
    "latest, UNKNOWN",
    "'', UNKNOWN",
  })
  void theDefaultIsComparedWithTheVersionThatWasAskedAbout(String version, Severity severity)
      throws Exception {
    UpgradeAnswer answer =
        strict.read(question(version), "", Replies.of(vendor.signed(DEFAULT))).orElseThrow();

    assertThat(answer.severity()).isEqualTo(severity);
    assertThat(answer.running()).isEqualTo(version);
    assertThat(answer.newest()).isEqualTo("2.5.0");
  }

  @Test
  void whatTheQuestionDidNotSayIsComparedHere() throws Exception {
    UpgradeAnswer older =
        strict.read("any.v1", "0.0.1", Replies.of(vendor.signed(DEFAULT))).orElseThrow();
    assertThat(older.severity()).isEqualTo(Severity.RECOMMENDED);
    assertThat(older.running()).isEqualTo("0.0.1");
    UpgradeAnswer newer =
        strict.read("any.v1", "99.0.0", Replies.of(vendor.signed(DEFAULT))).orElseThrow();
    assertThat(newer.severity()).isEqualTo(Severity.OK);
  }

  @Test
  void everybodysAnswerNamesTheNewestOnly() throws Exception {
    UpgradeAnswer answer =
        strict.read("any.v1", "", Replies.of(vendor.signed(DEFAULT))).orElseThrow();

    assertThat(answer.severity()).isEqualTo(Severity.UNKNOWN);
    assertThat(answer.running()).isEmpty();
    assertThat(answer.newest()).isEqualTo("2.5.0");
  }

  @Test
  void refusesWhatTheVendorSaidOfAnotherVersion() {
    VendorAnswer ok = listed("2.5.0", Urgency.OK);

    assertRefused(strict, vendor.signed(ok))
        .withMessage(
            "The answer is about version 2.5.0, which is not the one that was asked about.");
    assertThatExceptionOfType(RefusedAnswerException.class)
        .isThrownBy(() -> strict.read("any.v1", "", Replies.of(vendor.signed(ok))));
  }

  @Test
  void recognisesAVersionThatWasCutInTheName() throws Exception {
    String version = "2.4.0-" + "x".repeat(60);

    assertThat(
            strict.read(
                question(version), "", Replies.of(vendor.signed(listed(version, Urgency.OK)))))
        .hasValueSatisfying(answer -> assertThat(answer.running()).isEqualTo(version));
  }

  @Test
  void refusesWhatDoesNotHoldNow() {
    for (UpgradeAnswerReader reader : List.of(strict, trusting)) {
      assertRefused(reader, vendor.signed(times(ISSUED.minusSeconds(9), NOW)))
          .withMessageContaining("expired at 2026-11-22T12:00:00Z");
      assertRefused(reader, vendor.signed(times(NOW.plusSeconds(86_401), EXPIRES)))
          .withMessageContaining("in the future");
      assertRefused(reader, vendor.signed(times(EXPIRES, EXPIRES)))
          .withMessageContaining("before it was issued");
    }
  }

  private static VendorAnswer times(Instant issued, Instant expires) {
    return new VendorAnswer(
        "storageos", Optional.of("2.4.0"), "2.5.0", Urgency.OK, "", issued, expires);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  ;candor=1;product=storageos;version=2.4.0;severity=Required;;newest=2.5.0;"
            + "issued=2026-11-22T00:00:00Z;expires=2027-02-20T00:00:00Z;",
        "CANDOR=1 Expires=2027-02-20T00:00:00.000Z\tISSUED=2026-11-22T00:00:00Z Newest=2%2E5.0 "
            + "severity=REQUIRED Version=2.4.0 Product=storageos new-tag=x = =y z",
        "candor=1 version=2.4.0 version=9 product=storageos severity=required newest=2.5.0 "
            + "issued=2026-11-22T00:00:00Z expires=2027-02-20T00:00:00Z",
      })
  void readsWhatIsMeant(String record) throws Exception {
    UpgradeAnswer answer = trusting.read(QUESTION, "", Replies.of(record)).orElseThrow();

    assertThat(answer.severity()).isEqualTo(Severity.REQUIRED);
    assertThat(answer.newest()).isEqualTo("2.5.0");
  }

  @Test
  void readsOctetsOfUtf8ThatNobodyEncoded() throws Exception {
    String record = UNSIGNED.replace("product=storageos", "product=Größe");

    assertThat(trusting.read(QUESTION, "", Replies.of(record)).orElseThrow().product())
        .isEqualTo("Größe");
  }

  @Test
  void findsTheAnswerAmongOtherRecordsAndPutsItsStringsTogether() throws Exception {
    String text = vendor.signed(LISTED);
    Bytes reply =
        Replies.ofStrings(
            List.of(
                List.of("v=spf1 -all"),
                List.of(),
                List.of("candor=11 of something else"),
                List.of(text.substring(0, 100), "", text.substring(100)),
                List.of("candor=1 broken")));

    assertThat(strict.read(QUESTION, "", reply)).isPresent();
  }

  @Test
  void saysNothingWhenNoRecordIsAnAnswer() throws Exception {
    assertThat(strict.read(QUESTION, "", Replies.of())).isEmpty();
    assertThat(strict.read(QUESTION, "", Replies.of("v=spf1 -all", "hello", ""))).isEmpty();
  }

  @Test
  void ofSeveralTheLatestCounts() throws Exception {
    VendorAnswer older =
        new VendorAnswer(
            "storageos",
            Optional.of("2.4.0"),
            "2.4.1",
            Urgency.OK,
            "",
            ISSUED.minusSeconds(1),
            EXPIRES);

    for (Bytes reply :
        List.of(
            Replies.of(vendor.signed(older), vendor.signed(LISTED)),
            Replies.of(vendor.signed(LISTED), vendor.signed(older)))) {
      assertThat(strict.read(QUESTION, "", reply).orElseThrow().newest()).isEqualTo("2.5.0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "ftp://example.com/",
        "file:///etc/passwd",
        "https:///path",
        "https:example.com",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com/\u001b[31m",
        "https://example.com/\u202e",
        "https://ex\u00e4mple.com/",
        "https://example.com/<script>",
        "//example.com",
        "example.com",
      })
  void aLinkThatMayNotBeShownIsLeftOut(String url) throws Exception {
    assertThat(
            strict.read(QUESTION, "", Replies.of(vendor.signed(linking(url)))).orElseThrow().link())
        .isEmpty();
  }

  @Test
  void aLinkOf200CharactersIsShownAndALongerOneIsNot() throws Exception {
    String url = "https://example.com/" + "x".repeat(180);

    assertThat(
            strict.read(QUESTION, "", Replies.of(vendor.signed(linking(url)))).orElseThrow().link())
        .contains(URI.create(url));
    assertThat(
            strict
                .read(QUESTION, "", Replies.of(vendor.signed(linking(url + "x"))))
                .orElseThrow()
                .link())
        .isEmpty();
  }

  private static VendorAnswer linking(String url) {
    return new VendorAnswer(
        "storageos", Optional.of("2.4.0"), "2.5.0", Urgency.OK, url, ISSUED, EXPIRES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%1B[31m2.5.0",
        "2.5.0%0a",
        "%E2%80%AE0.5.2",
        "2%C2%9B5",
        "%E2%80%A8",
        "%EE%80%80",
        "%ff",
        "%2",
        "%GG",
        "%20x",
        "%00",
        "%F3%A0%80%A0"
      })
  void refusesTextThatHidesSomething(String text) {
    for (String tag : List.of("product", "version", "newest", "severity", "issued", "expires")) {
      assertRefused(trusting, UNSIGNED.replaceFirst(tag + "=\\S+", tag + "=" + text))
          .withMessageMatching("The answer's " + tag + " cannot be read; it should be [ -~]+");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"product", "version", "newest", "severity", "issued", "expires"})
  void refusesWhatLacksATag(String tag) {
    assertRefused(trusting, UNSIGNED.replaceFirst(tag + "=\\S+", ""))
        .withMessage("The answer does not say " + tag + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-11-22",
        "+99999-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "1795300000"
      })
  void refusesTimesThatAreNone(String time) {
    assertRefused(trusting, UNSIGNED.replaceFirst("expires=\\S+", "expires=" + time))
        .withMessageContaining("The answer's expires cannot be read");
  }

  @Test
  void refusesWhatIsTooLong() {
    assertRefused(trusting, UNSIGNED + " x".repeat(600)).withMessageContaining("longer than");
    assertRefused(trusting, UNSIGNED.replace("newest=", "newest=" + "1".repeat(100)))
        .withMessageContaining("1 to 100 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[", "[[]", "[\"x\"]", "[[[]]]", "[[]] []", "[[null]]", "null", "[[x]]"})
  void refusesWhatIsNoListOfRecords(String reply) {
    assertThatExceptionOfType(RefusedAnswerException.class)
        .isThrownBy(() -> trusting.read(QUESTION, "", Bytes.utf8(reply)))
        .withMessage("The answer is not a list of TXT records.");
  }

  @Test
  void aReplyThatIsFullOfAnswersCostsLittle() {
    String forged = new TestKey().signed(LISTED);
    String[] records = new String[1000];
    java.util.Arrays.fill(records, forged);

    assertRefused(strict, records).withMessageContaining("does not match");
    assertRefused(strict, "x".repeat(600_000)).withMessageContaining("larger than any DNS message");
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<RefusedAnswerException>
      assertRefused(UpgradeAnswerReader reader, String... records) {
    return assertThatExceptionOfType(RefusedAnswerException.class)
        .isThrownBy(() -> reader.read(QUESTION, "", Replies.of(records)));
  }
}
