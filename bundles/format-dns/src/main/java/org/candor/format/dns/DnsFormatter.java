package org.candor.format.dns;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.candor.api.Bytes;
import org.candor.api.fact.FactNames;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.format.dns.answer.UpgradeAnswerReader;
import org.candor.format.dns.answer.VerifyKey;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the question for a newer version into a DNS name, without the zone, and reads the TXT
 * records that answer it. Formats: {@link QueryName} and {@link
 * org.candor.format.dns.answer.AnswerText}.
 *
 * <p>Without both pseudonyms nothing is asked, and neither while {@code identity} has no good
 * value. While {@code publicKey} has none, no answer is believed.
 */
@Component(
    service = {ReportFormatter.class, ConfigurationProblems.class},
    configurationPid = "org.candor.sink.dns")
@Designate(ocd = Config.class)
@FormatterName("dns")
public final class DnsFormatter implements ReportFormatter, ConfigurationProblems {

  /** A name without a zone and without a dot at its end, in ASCII. */
  static final String QUESTION = "application/vnd.candor.dns-question";

  private static final String NAME = "version-check";
  private static final String FILE = "etc/org.candor.sink.dns.cfg";

  private static final Logger LOG = LoggerFactory.getLogger(DnsFormatter.class);

  private static final Setting<Identity> IDENTITY =
      Setting.oneOf("identity", Map.of("anonymous", Identity.ANONYMOUS, "none", Identity.NONE));

  private static final Setting<Optional<VerifyKey>> PUBLIC_KEY =
      new Setting<>(
          "publicKey",
          "empty, or " + VerifyKey.ALLOWED,
          text -> text.isEmpty() ? Optional.empty() : Optional.of(VerifyKey.of(text)));

  private final FieldCatalogue fields = DnsFields.catalogue();
  private final Settings settings = new Settings(FILE, LOG::error);
  private final Clock clock;
  private volatile Setup setup;

  @Activate
  public DnsFormatter(Config config) {
    this(config, Clock.systemUTC());
  }

  DnsFormatter(Config config, Clock clock) {
    this.clock = clock;
    modified(config);
  }

  /** What the question tells. */
  private enum Identity {
    ANONYMOUS,
    NONE
  }

  /** What the configuration file says; empty where that is not allowed and never was. */
  private record Setup(Optional<Identity> identity, Optional<UpgradeAnswerReader> answers) {}

  @Modified
  void modified(Config config) {
    setup =
        new Setup(
            settings.read(IDENTITY, config.identity()),
            settings
                .read(PUBLIC_KEY, config.publicKey())
                .map(key -> new UpgradeAnswerReader(key, clock)));
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Override
  public FieldCatalogue fields() {
    return fields;
  }

  @Override
  public Set<String> mediaTypes() {
    return Set.of(QUESTION);
  }

  @Override
  public List<Message> format(Report report) {
    return report.kind() == ReportKind.VERSION_CHECK
        ? question(report).map(DnsFormatter::message).stream().toList()
        : List.of();
  }

  private Optional<QueryName> question(Report report) {
    return setup
        .identity()
        .flatMap(
            identity ->
                switch (identity) {
                  case NONE -> Optional.of(QueryName.ANY);
                  case ANONYMOUS -> anonymous(report);
                });
  }

  private static Optional<QueryName> anonymous(Report report) {
    String cluster = report.text(FactNames.CLUSTER_PSEUDONYM);
    String node = report.text(FactNames.NODE_PSEUDONYM);
    return QueryName.isId(cluster) && QueryName.isId(node)
        ? Optional.of(
            new QueryName(
                cluster,
                node,
                report.text(FactNames.PRODUCT_VERSION),
                report.text(FactNames.KUBERNETES_VERSION),
                report.text(FactNames.KUBERNETES_DISTRIBUTION)))
        : Optional.empty();
  }

  private static Message message(QueryName question) {
    return new Message(UUID.randomUUID().toString(), NAME, QUESTION, Bytes.utf8(question.encode()));
  }

  @Override
  public Optional<UpgradeAnswer> read(Message message, String running, Bytes reply)
      throws RefusedAnswerException {
    Optional<UpgradeAnswerReader> answers = setup.answers();
    if (answers.isEmpty()) {
      throw new RefusedAnswerException(
          "No answer is accepted while publicKey in "
              + FILE
              + " is invalid; allowed is "
              + PUBLIC_KEY.allowed()
              + ".");
    }
    Optional<UpgradeAnswer> answer = answers.get().read(message.body().utf8(), running, reply);
    if (answer.isEmpty()) {
      throw new RefusedAnswerException(
          "The TXT records received are not a vendor's answer, as from a resolver that answers"
              + " every name, or another zone: check zone and resolver in "
              + FILE
              + ", then ask again with telemetry:send dns.");
    }
    return answer;
  }
}
