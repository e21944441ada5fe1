package org.candor.format.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.annotation.Annotation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.format.dns.answer.Replies;
import org.candor.format.dns.answer.TestKey;
import org.candor.format.dns.answer.Urgency;
import org.candor.format.dns.answer.VendorAnswer;
import org.junit.jupiter.api.Test;

class DnsFormatterTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String CLUSTER = "00112233445566778899aabbccddeeff";
  private static final String NODE = "ffeeddccbbaa99887766554433221100";

  private static final Map<String, String> FACTS =
      Map.of(
          FactNames.CLUSTER_PSEUDONYM, CLUSTER,
          FactNames.NODE_PSEUDONYM, NODE,
          FactNames.PRODUCT_VERSION, "2.4.0",
          FactNames.KUBERNETES_VERSION, "v1.29.4",
          FactNames.KUBERNETES_DISTRIBUTION, "eks");

  private final TestKey vendor = new TestKey();

  @Test
  void asksOneQuestion() {
    List<Message> messages = formatter("anonymous", "").format(report(FACTS));

    assertThat(messages).hasSize(1);
    Message question = messages.get(0);
    assertThat(question.name()).isEqualTo("version-check");
    assertThat(question.mediaType()).isEqualTo("application/vnd.candor.dns-question");
    assertThat(question.id()).isNotEqualTo(again().id()).hasSize(36);
    assertThat(QueryName.decode(question.body().utf8()))
        .contains(new QueryName(CLUSTER, NODE, "2.4.0", "v1.29.4", "eks"));
    assertThat(question.body()).isEqualTo(again().body());
  }

  private Message again() {
    return formatter("anonymous", "").format(report(FACTS)).get(0);
  }

  @Test
  void namesKubernetesOnlyWhenADistributionIsNamed() {
    Message question =
        formatter("anonymous", "")
            .format(report(without(FactNames.KUBERNETES_DISTRIBUTION)))
            .get(0);

    assertThat(QueryName.decode(question.body().utf8()))
        .contains(new QueryName(CLUSTER, NODE, "2.4.0", "", ""));
  }

  @Test
  void asksNothingWithoutBothPseudonyms() {
    DnsFormatter formatter = formatter("anonymous", "");

    assertThat(formatter.format(report(without(FactNames.CLUSTER_PSEUDONYM)))).isEmpty();
    assertThat(formatter.format(report(without(FactNames.NODE_PSEUDONYM)))).isEmpty();
    assertThat(formatter.format(report(Map.of(FactNames.CLUSTER_ID, "c", FactNames.NODE_ID, "n"))))
        .isEmpty();
  }

  @Test
  void tellsNothingWithoutAnIdentity() {
    DnsFormatter formatter = formatter("none", "");

    assertThat(formatter.format(report(FACTS)).get(0).body().utf8()).isEqualTo("any.v1");
    assertThat(formatter.format(report(Map.of())).get(0).body().utf8()).isEqualTo("any.v1");
  }

  @Test
  void neverTellsMoreThanAWordThatIsNotUnderstood() {
    DnsFormatter formatter = formatter("nobody", "");
    assertThat(formatter.format(report(FACTS))).isEmpty();

    formatter.modified(config("none", ""));
    formatter.modified(config("anonymos", ""));
    assertThat(formatter.format(report(FACTS)).get(0).body().utf8()).isEqualTo("any.v1");
  }

  @Test
  void hasNothingToSayToOtherReports() {
    Report health = new Report(ReportKind.HEALTH, NOW, List.of(), List.of());

    assertThat(formatter("none", "").format(health)).isEmpty();
  }

  @Test
  void sendsOnlyWhatItsCatalogueNames() {
    DnsFormatter formatter = formatter("anonymous", "");

    assertThat(formatter.fields().facts()).isEqualTo(FACTS.keySet());
    assertThat(formatter.fields().fields())
        .extracting(field -> field.name())
        .containsExactly(
            "clusterId", "nodeId", "version", "kubernetesVersion", "kubernetesDistro", "v1");
  }

  @Test
  void readsTheAnswerToItsQuestion() throws Exception {
    DnsFormatter formatter = formatter("anonymous", vendor.publicKey());
    Message question = formatter.format(report(FACTS)).get(0);

    assertThat(formatter.read(question, "", answer()).orElseThrow().signed()).isTrue();
    formatter.modified(config("anonymous", ""));
    assertThat(formatter.read(question, "", answer()).orElseThrow().signed()).isFalse();
    formatter.modified(config("anonymous", new TestKey().publicKey()));
    assertThatExceptionOfType(RefusedAnswerException.class)
        .isThrownBy(() -> formatter.read(question, "", answer()));
  }

  @Test
  void whatIsNobodysAnswerIsRefusedWithAnAdvice() throws Exception {
    DnsFormatter formatter = formatter("anonymous", "");
    Message question = formatter.format(report(FACTS)).get(0);

    assertThatExceptionOfType(RefusedAnswerException.class)
        .isThrownBy(() -> formatter.read(question, "", Replies.of("v=spf1 -all", "")))
        .withMessage(
            "The TXT records received are not a vendor's answer, as from a resolver that answers"
                + " every name, or another zone: check zone and resolver in"
                + " etc/org.candor.sink.dns.cfg, then ask again with telemetry:send dns.");
  }

  @Test
  void believesNothingWhileTheKeyIsNotRight() throws Exception {
    DnsFormatter formatter = formatter("anonymous", vendor.publicKey().substring(1));
    Message question = formatter.format(report(FACTS)).get(0);

    assertThatExceptionOfType(RefusedAnswerException.class)
        .isThrownBy(() -> formatter.read(question, "", answer()))
        .withMessage(
            "No answer is accepted while publicKey in etc/org.candor.sink.dns.cfg is invalid;"
                + " allowed is empty, or the 43 characters that telemetry:key printed.");

    formatter.modified(config("anonymous", vendor.publicKey()));
    formatter.modified(config("anonymous", "?"));
    assertThat(formatter.read(question, "", answer()).orElseThrow().signed()).isTrue();
  }

  private Bytes answer() {
    return Replies.of(
        vendor.signed(
            new VendorAnswer(
                "p",
                Optional.of("2.4.0"),
                "2.5.0",
                Urgency.RECOMMENDED,
                "",
                NOW.minusSeconds(1),
                NOW.plusSeconds(1))));
  }

  private static Map<String, String> without(String fact) {
    Map<String, String> facts = new java.util.HashMap<>(FACTS);
    facts.remove(fact);
    return facts;
  }

  private static Report report(Map<String, String> facts) {
    return new Report(
        ReportKind.VERSION_CHECK,
        NOW,
        facts.entrySet().stream()
            .map(fact -> new Fact(fact.getKey(), "", new Value.Text(fact.getValue())))
            .toList(),
        List.of());
  }

  private static DnsFormatter formatter(String identity, String publicKey) {
    return new DnsFormatter(config(identity, publicKey), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Config config(String identity, String publicKey) {
    return new Config() {
      @Override
      public Class<? extends Annotation> annotationType() {
        return Config.class;
      }

      @Override
      public String identity() {
        return identity;
      }

      @Override
      public String publicKey() {
        return publicKey;
      }
    };
  }
}
