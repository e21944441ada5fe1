package org.candor.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.candor.api.Bytes;
import org.candor.api.ChannelState;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.crash.KernelSignal;
import org.candor.api.report.FieldType;
import org.candor.api.report.Gap;
import org.candor.api.report.ReportKind;
import org.candor.api.report.Sensitivity;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Payload;
import org.candor.api.source.FailureReason;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeNotice;
import org.candor.control.Announced;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.CatalogueEntry;
import org.candor.control.ChannelStatus;
import org.candor.control.Channels;
import org.candor.control.ClusterStatus;
import org.candor.control.ClusterView;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentControl;
import org.candor.control.ConsentEntry;
import org.candor.control.ConsentState;
import org.candor.control.CrashOutcome;
import org.candor.control.CrashSummary;
import org.candor.control.Crashes;
import org.candor.control.Delivery;
import org.candor.control.EntryProof;
import org.candor.control.Explanation;
import org.candor.control.Forgetting;
import org.candor.control.Forgotten;
import org.candor.control.Journal;
import org.candor.control.Journal.Continuity;
import org.candor.control.JournalEntry;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;
import org.candor.control.NewFields;
import org.candor.control.NoSuchChannelException;
import org.candor.control.NotedHead;
import org.candor.control.Preview;
import org.candor.control.SeenCrash;
import org.candor.control.SendResult;
import org.candor.control.SourceState;
import org.candor.control.SourceStatus;
import org.candor.control.Sources;
import org.candor.control.Upgrades;
import org.candor.control.Way;

/** The control services of an installation with three channels, as seen at a moment. */
public final class FakeControl {

  static final Payload FIRST =
      new Payload("p-1", "application/json", Bytes.utf8("{\"event\":\"hälth\"}"));
  static final Payload SECOND = new Payload("p-2", "application/json", Bytes.utf8("{}"));

  static final Journal.Head HEAD = new Journal.Head(2, "cd");

  final Instant now;
  private final Map<Purpose, Boolean> answers = new EnumMap<>(Purpose.class);
  final Map<String, Boolean> offByName = new TreeMap<>();

  volatile List<ChannelStatus> channels;
  Preview preview =
      new Preview(
          "segment",
          List.of(FIRST, SECOND),
          List.of(new Gap("dcos", FailureReason.TIMEOUT)),
          "The sink adds nothing.");
  Optional<String> noPreview = Optional.empty();
  String sinkAnswer = "200 OK";
  List<SendResult> results = List.of();
  Journal.Verification verification =
      new Journal.Verification(2, true, Optional.empty(), HEAD, 0, Optional.empty());
  List<Announced> announced = List.of();

  UpgradeNotice upgrade =
      new UpgradeNotice("1.0.0", "", Severity.UNKNOWN, "", "", false, Optional.empty());
  private Optional<CatalogueEntry> added = Optional.empty();
  Optional<String> forbidding = Optional.empty();
  Optional<IOException> unwritable = Optional.empty();
  Optional<UncheckedIOException> unreadable = Optional.empty();
  final List<ConsentChange> changes = new ArrayList<>();

  public FakeControl(Instant now) {
    this.now = now;
    channels = List.of(segment(ChannelState.UNCONFIGURED, "configuration"), sentry(), dns());
  }

  ConsentChange denial() {
    return new ConsentChange(
        "d-1",
        now,
        Optional.of(Purpose.USAGE),
        Optional.empty(),
        ConsentState.UNSET,
        ConsentState.DENIAL,
        Way.SHELL,
        "karaf",
        "127.0.0.1");
  }

  ConsentChange grantOfAChannel() {
    return new ConsentChange(
        "g-1",
        now,
        Optional.empty(),
        Optional.of("sentry-crash"),
        ConsentState.DENIAL,
        ConsentState.GRANT,
        Way.HTTP,
        "",
        "");
  }

  ChannelStatus segment(ChannelState state, String decidedBy) {
    return new ChannelStatus(
        "segment",
        Purpose.USAGE,
        ReportKind.HEALTH,
        state,
        decidedBy,
        "https://api.segment.io",
        3,
        Map.of("expired", 2L),
        Optional.of(now.minusSeconds(3 * 3600 + 60)),
        Optional.of(now.plusSeconds(12 * 60 + 30)),
        0,
        state == ChannelState.UNCONFIGURED
            ? "Set writeKey in etc/org.candor.sink.segment.cfg."
            : "");
  }

  private static ChannelStatus sentry() {
    return new ChannelStatus(
        "sentry",
        Purpose.ERRORS,
        ReportKind.INVENTORY,
        ChannelState.OFF,
        "environment",
        "",
        0,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        0,
        "");
  }

  private ChannelStatus dns() {
    return new ChannelStatus(
        "dns",
        Purpose.VERSION_CHECK,
        ReportKind.VERSION_CHECK,
        ChannelState.GRACE,
        "default",
        "v1.example.com",
        0,
        Map.of(),
        Optional.empty(),
        Optional.of(now.plusSeconds(10 * 60 + 30)),
        0,
        "");
  }

  Upgrades upgrades() {
    return () -> upgrade;
  }

  Crashes crashes() {
    return new Crashes() {
      @Override
      public Iterable<CrashSummary> crashes() throws IOException {
        if (unwritable.isPresent()) {
          throw unwritable.get();
        }
        return seen();
      }

      @Override
      public List<String> stack(String id) {
        return List.of("java.lang.IllegalStateException", "at com.acme.Db.open(Db.java:12)");
      }

      @Override
      public Optional<SeenCrash> crash(String id) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private List<CrashSummary> seen() {
    return List.of(
        new CrashSummary(
            "0".repeat(32),
            "dataplane",
            now.minusSeconds(90),
            Optional.of(new KernelSignal(11, "SIGSEGV")),
            Optional.of(139),
            Optional.of(true),
            "dataplane was killed by SIGSEGV",
            1,
            CrashOutcome.DELIVERED,
            1),
        new CrashSummary(
            "1".repeat(32),
            "api",
            now.minusSeconds(190),
            Optional.empty(),
            Optional.of(3),
            Optional.empty(),
            "api ended with status 3",
            997,
            CrashOutcome.WITHHELD,
            0));
  }

  SendResult result(ChannelState state, String note, Outcome... outcomes) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      deliveries.add(new Delivery("p-1", now, 17, outcome, sinkAnswer));
    }
    return new SendResult("segment", state, deliveries, note);
  }

  public Channels channels() {
    return new Channels() {
      @Override
      public List<ChannelStatus> status() {
        return channels;
      }

      @Override
      public Preview preview(String channel) throws NoSuchChannelException {
        known(channel);
        if (noPreview.isPresent()) {
          throw new UncheckedIOException(noPreview.get(), new IOException(noPreview.get()));
        }
        return preview;
      }

      @Override
      public List<SendResult> send(Optional<String> channel) throws NoSuchChannelException {
        if (channel.isPresent()) {
          known(channel.get());
        }
        return results;
      }

      @Override
      public List<CatalogueEntry> fields(Optional<String> channel) throws NoSuchChannelException {
        if (channel.isPresent()) {
          known(channel.get());
        }
        List<CatalogueEntry> fields = new ArrayList<>();
        fields.add(
            new CatalogueEntry(
                "health-unit-*-total",
                "segment",
                FieldType.COUNT,
                "nodes",
                "On how many nodes the unit is",
                "Shows which components are in use",
                Sensitivity.TECHNICAL,
                "0.1.0"));
        added.ifPresent(fields::add);
        return fields;
      }

      @Override
      public List<ConfigurationProblem> problems() {
        return List.of(
            ConfigurationProblem.of(
                "etc/org.candor.channel-segment.cfg",
                "intervall",
                "1m",
                "unknown key, ignored; did you mean interval?"),
            ConfigurationProblem.ofFile("etc/org.candor.sink.dsn.cfg", "unknown file, ignored."));
      }

      @Override
      public List<NewFields> newFields() {
        return added.stream()
            .map(field -> new NewFields("segment", List.of(field.name()), field.withheldUntil()))
            .toList();
      }

      @Override
      public List<Announced> announced() {
        return announced;
      }
    };
  }

  void add(String since) {
    added =
        Optional.of(
            new CatalogueEntry(
                "later",
                "segment",
                FieldType.TEXT,
                "",
                "What came later",
                "Shows what came later",
                Sensitivity.TECHNICAL,
                since,
                Optional.of(now.plusSeconds(600))));
  }

  private void known(String channel) throws NoSuchChannelException {
    List<String> names = channels.stream().map(ChannelStatus::name).toList();
    if (!names.contains(channel)) {
      throw new NoSuchChannelException(channel, names);
    }
  }

  public Sources sources() {
    return () ->
        List.of(
            new SourceStatus(
                "dcos",
                SourceState.FAILING,
                Optional.of(now.minusSeconds(90)),
                0,
                Duration.ofMillis(1500),
                "timed out"),
            new SourceStatus("karaf", SourceState.WAITING, Optional.empty(), 0, Duration.ZERO, ""));
  }

  public ClusterView cluster() {
    return () -> new ClusterStatus("single");
  }

  public ConsentControl consent() {
    return new ConsentControl() {
      @Override
      public Explanation explain(Purpose purpose) {
        Explanation.LayerExplanation environment =
            new Explanation.LayerExplanation(
                "environment",
                forbidding.isPresent() ? LayerAnswer.FORBIDS : LayerAnswer.SILENT,
                forbidding.orElse("no variable is set"));
        boolean allowed = answers.getOrDefault(purpose, true);
        Explanation.LayerExplanation configuration =
            new Explanation.LayerExplanation(
                "answers",
                !answers.containsKey(purpose)
                    ? LayerAnswer.SILENT
                    : allowed ? LayerAnswer.ALLOWS : LayerAnswer.FORBIDS,
                "by karaf in the shell");
        return new Explanation(
            purpose,
            allowed && forbidding.isEmpty(),
            forbidding.isPresent()
                ? "environment"
                : answers.containsKey(purpose) ? "answers" : "default",
            List.of(environment, configuration));
      }

      @Override
      public Answers answers() {
        return new Answers(answers, offByName);
      }

      @Override
      public Answered answer(Answers given, Answerer answerer) throws IOException {
        if (unwritable.isPresent()) {
          throw unwritable.get();
        }
        List<Answered.Refused> refused = new ArrayList<>();
        given
            .given()
            .forEach(
                (purpose, on) -> {
                  if (on && forbidding.isPresent()) {
                    refused.add(
                        new Answered.Refused(purpose, "environment", forbidding.orElseThrow()));
                  } else {
                    answers.put(purpose, on);
                  }
                });
        given
            .channels()
            .forEach(
                (channel, on) -> {
                  offByName.remove(channel);
                  if (!on) {
                    offByName.put(channel, false);
                  }
                });
        return new Answered(true, refused);
      }

      @Override
      public Answered answerIf(Answers seen, Answers given, Answerer answerer) throws IOException {
        return answer(given, answerer);
      }
    };
  }

  int forgets;
  int images;

  Forgetting forgetting() {
    return new Forgetting() {
      @Override
      public Forgotten forget() throws IOException {
        forgets++;
        return forgotten(List.of("clusterId"), Optional.of("/k/etc/org.candor.identity.ids"));
      }

      @Override
      public Forgotten prepareImage() throws IOException {
        images++;
        return forgotten(List.of(), Optional.empty());
      }
    };
  }

  private Forgotten forgotten(List<String> retired, Optional<String> newIds) throws IOException {
    if (unwritable.isPresent()) {
      throw unwritable.get();
    }
    return new Forgotten(
        List.of(new Forgotten.Named("clusterId", "c-1"), new Forgotten.Named("nodeId", "n-1")),
        List.of(new Forgotten.Destination("segment", "https://api.segment.io")),
        List.of(new Forgotten.Named("customerKey", "k-1")),
        retired,
        newIds);
  }

  public Journal journal() {
    return new Journal() {
      @Override
      public JournalPart<JournalEntry> newest(int most, JournalSearch search) {
        check();
        return part(attempts(), most, search);
      }

      @Override
      public JournalPart<JournalItem> newestOfAnyKind(int most, JournalSearch search) {
        check();
        List<JournalItem> all = new ArrayList<>(attempts());
        changes.forEach(change -> all.add(new ConsentEntry(change, "cd")));
        return part(all, most, search);
      }

      @Override
      public List<ConsentChange> changes(int most) {
        check();
        return changes.subList(Math.max(0, changes.size() - most), changes.size());
      }

      private void check() {
        if (unreadable.isPresent()) {
          throw unreadable.get();
        }
      }

      private List<JournalEntry> attempts() {
        return List.of(
            entry("p-0", Outcome.RETRY, "0".repeat(64)), entry("p-1", Outcome.DELIVERED, "ab"));
      }

      private <E extends JournalItem> JournalPart<E> part(
          List<E> all, int most, JournalSearch search) {
        List<E> found = all.stream().filter(search::finds).toList();
        return new JournalPart<>(
            found.subList(Math.max(0, found.size() - most), found.size()),
            found.size(),
            all.size());
      }

      @Override
      public Verification verify(Optional<NotedHead> since) {
        return new Verification(
            verification.entries(),
            verification.intact(),
            verification.firstBroken(),
            verification.head(),
            verification.dropped(),
            since.map(
                noted ->
                    noted.digest().startsWith("a")
                        ? Continuity.CONTINUES
                        : noted.digest().startsWith("b")
                            ? Continuity.DIFFERS
                            : Continuity.NOT_KEPT));
      }

      @Override
      public Optional<EntryProof> prove(String id, Optional<NotedHead> since) {
        return Optional.of(
                new EntryProof(Bytes.utf8("{\"number\":1}"), 1, HEAD, List.of("ef", "01")))
            .filter(proof -> id.equals("p-1") && since.isEmpty());
      }

      @Override
      public void export(Consumer<Bytes> taker) throws IOException {
        if (unwritable.isPresent()) {
          throw unwritable.get();
        }
        taker.accept(Bytes.utf8("{\"number\":1,\"answer\":\"hält\"}"));
        taker.accept(Bytes.utf8("{\"number\":2}"));
      }

      @Override
      public Optional<Bytes> payload(String id) {
        return Optional.of(FIRST).filter(payload -> payload.id().equals(id)).map(Payload::body);
      }
    };
  }

  private JournalEntry entry(String id, Outcome outcome, String previous) {
    return new JournalEntry(
        id,
        now,
        "segment",
        Purpose.USAGE,
        "configuration",
        17,
        FIRST.body().sha256(),
        "https://api.segment.io",
        outcome,
        "200 OK\u001b[31m",
        previous);
  }
}
