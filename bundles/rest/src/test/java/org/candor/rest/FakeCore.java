package org.candor.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.ChannelState;
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
import org.candor.control.CatalogueEntry;
import org.candor.control.Changes;
import org.candor.control.ChannelStatus;
import org.candor.control.Channels;
import org.candor.control.ClusterStatus;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentEntry;
import org.candor.control.ConsentState;
import org.candor.control.CrashOutcome;
import org.candor.control.CrashSummary;
import org.candor.control.Crashes;
import org.candor.control.EntryProof;
import org.candor.control.History;
import org.candor.control.Journal;
import org.candor.control.JournalEntry;
import org.candor.control.JournalItem;
import org.candor.control.JournalPart;
import org.candor.control.JournalSearch;
import org.candor.control.NoSuchChannelException;
import org.candor.control.NotedHead;
import org.candor.control.Preview;
import org.candor.control.SeenCrash;
import org.candor.control.SendResult;
import org.candor.control.SourceState;
import org.candor.control.SourceStatus;
import org.candor.control.Topic;
import org.candor.control.Way;
import org.candor.rest.change.EventStreams;
import org.candor.rest.product.Products;
import org.candor.rest.product.TestProduct;
import org.candor.rest.read.Documents;

/** What core would say, on a day on which a little of everything happened. */
final class FakeCore implements Channels, Journal, History, Changes {

  private static final int ENTRIES = 2000;
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Bytes PAYLOAD = Bytes.utf8("{\"event\":\"hälth\"}");
  static final Bytes BINARY = Bytes.copyOf(new byte[] {(byte) 0xff, 0});

  static final List<ConsentChange> CHANGES =
      List.of(
          new ConsentChange(
              "11111111-2222-4333-8444-555555555555",
              NOW,
              Optional.of(Purpose.USAGE),
              Optional.empty(),
              ConsentState.UNSET,
              ConsentState.DENIAL,
              Way.HTTP,
              "boss",
              "127.0.0.1"),
          new ConsentChange(
              "22222222-2222-4333-8444-555555555555",
              NOW,
              Optional.empty(),
              Optional.of("sentry-crash"),
              ConsentState.DENIAL,
              ConsentState.GRANT,
              new Way("cluster-spec"),
              "",
              ""));

  final FakeConsent consent = new FakeConsent();
  final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  final Products products = TestProduct.products(() -> System.nanoTime() + later.get().toNanos());
  final EventStreams streams;
  volatile Optional<IOException> broken = Optional.empty();
  volatile boolean endless;
  volatile String message = "killed by SIGSEGV";
  volatile Runnable whilePreviewing = () -> {};
  private final List<Consumer<Set<Topic>>> listeners = new CopyOnWriteArrayList<>();

  FakeCore() {
    streams = new EventStreams(this, Duration.ofMillis(100));
  }

  Documents documents() {
    return new Documents(
        this,
        () ->
            List.of(
                new SourceStatus(
                    "karaf", SourceState.OK, Optional.of(NOW), 3, Duration.ofMillis(7), ""),
                new SourceStatus(
                    "dcos", SourceState.WAITING, Optional.empty(), 0, Duration.ZERO, "")),
        () -> new ClusterStatus("single"),
        this,
        consent,
        new SeenCrashes(),
        () ->
            new UpgradeNotice(
                "1.0.0",
                "2.0.0",
                Severity.REQUIRED,
                "",
                "dns:v1.example.com",
                true,
                Optional.of(NOW)),
        this);
  }

  private void check() throws IOException {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  private void checkUnchecked() {
    try {
      check();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return List.of(
        ConfigurationProblem.of(
            "etc/org.candor.channel-segment.cfg",
            "intervall",
            "1m",
            "unknown key, ignored; did you mean interval?"));
  }

  @Override
  public List<ChannelStatus> status() {
    return List.of(
        new ChannelStatus(
            "segment",
            Purpose.USAGE,
            ReportKind.HEALTH,
            ChannelState.ACTIVE,
            "default",
            "https://api.segment.io",
            3,
            Map.of("expired", 2L),
            Optional.of(NOW),
            Optional.empty(),
            0,
            ""));
  }

  @Override
  public Preview preview(String channel) throws NoSuchChannelException {
    whilePreviewing.run();
    check(channel);
    checkUnchecked();
    return new Preview(
        "segment",
        List.of(
            new Payload("p-1", "application/json", PAYLOAD),
            new Payload("p-2", "application/octet-stream", BINARY)),
        List.of(new Gap("dcos", FailureReason.TIMEOUT)),
        "");
  }

  private static void check(String channel) throws NoSuchChannelException {
    if (!channel.equals("segment")) {
      throw new NoSuchChannelException(channel, List.of("segment"));
    }
  }

  @Override
  public List<SendResult> send(Optional<String> channel) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CatalogueEntry> fields(Optional<String> channel) throws NoSuchChannelException {
    if (channel.isPresent()) {
      check(channel.get());
    }
    return List.of(
        new CatalogueEntry(
            "properties.*",
            "segment",
            FieldType.COUNT,
            "nodes",
            "how many",
            "to know",
            Sensitivity.values()[0],
            "0.1"));
  }

  @Override
  public JournalPart<JournalEntry> newest(int most, JournalSearch search) {
    checkUnchecked();
    return part(IntStream.rangeClosed(1, ENTRIES).mapToObj(FakeCore::entry).toList(), most, search);
  }

  @Override
  public JournalPart<JournalItem> newestOfAnyKind(int most, JournalSearch search) {
    checkUnchecked();
    List<JournalItem> all = new ArrayList<>();
    IntStream.rangeClosed(1, ENTRIES).mapToObj(FakeCore::entry).forEach(all::add);
    CHANGES.forEach(change -> all.add(new ConsentEntry(change, "0".repeat(64))));
    return part(all, most, search);
  }

  private static <E extends JournalItem> JournalPart<E> part(
      List<E> all, int most, JournalSearch search) {
    List<E> found = all.stream().filter(search::finds).toList();
    return new JournalPart<>(newest(found, most), found.size(), all.size());
  }

  private static <T> List<T> newest(List<T> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  @Override
  public List<ConsentChange> changes(int most) {
    checkUnchecked();
    return newest(CHANGES, most);
  }

  private static JournalEntry entry(int number) {
    return new JournalEntry(
        "p-" + number,
        NOW,
        "segment",
        Purpose.USAGE,
        "default",
        PAYLOAD.size(),
        PAYLOAD.sha256(),
        "https://api.segment.io",
        Outcome.DELIVERED,
        "200 OK",
        "0".repeat(64));
  }

  @Override
  public Verification verify(Optional<NotedHead> since) {
    checkUnchecked();
    return new Verification(
        200,
        true,
        Optional.empty(),
        new Head(200, "cd"),
        0,
        since.map(noted -> noted.size() == 7 ? Continuity.CONTINUES : Continuity.DIFFERS));
  }

  @Override
  public Optional<EntryProof> prove(String id, Optional<NotedHead> since) {
    checkUnchecked();
    return Optional.of(
            new EntryProof(
                Bytes.utf8("{\"number\":1}"), 1, new Head(200, "cd"), List.of("ef", "01")))
        .filter(proof -> id.equals("p-1") && since.filter(noted -> noted.size() != 7).isEmpty());
  }

  @Override
  public void export(Consumer<Bytes> taker) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Bytes> payload(String id) {
    checkUnchecked();
    return Optional.of(PAYLOAD).filter(payload -> id.equals("p-1"));
  }

  private List<CrashSummary> seen() throws IOException {
    check();
    return List.of(
        new CrashSummary(
            "0".repeat(32),
            "dataplane",
            NOW,
            Optional.of(new KernelSignal(11, "SIGSEGV")),
            Optional.empty(),
            Optional.of(true),
            message,
            1,
            CrashOutcome.DELIVERED,
            1));
  }

  private final class SeenCrashes implements Crashes {

    @Override
    public Iterable<CrashSummary> crashes() throws IOException {
      List<CrashSummary> seen = seen();
      // Longer than any buffer, and then the disk is gone.
      Stream<CrashSummary> broken =
          Stream.concat(
              Stream.generate(() -> seen.get(0)).limit(10_000),
              Stream.of(seen.get(0)).peek(last -> gone()));
      return endless ? broken::iterator : seen;
    }

    private void gone() {
      throw new UncheckedIOException(new IOException("disk gone"));
    }

    @Override
    public List<String> stack(String id) {
      return List.of("java.lang.IllegalStateException", "at com.acme.Db.open(Db.java:12)");
    }

    @Override
    public Optional<SeenCrash> crash(String id) throws IOException {
      return seen().stream()
          .filter(crash -> crash.id().equals(id))
          .findFirst()
          .map(crash -> SeenCrash.of(crash, stack(id)));
    }
  }

  @Override
  public List<HealthPoint> health() throws IOException {
    check();
    return List.of(new HealthPoint(NOW, 20, 1));
  }

  @Override
  public List<DeliveryPoint> deliveries() {
    return List.of(new DeliveryPoint(NOW, "segment", 3, 1, 0));
  }

  @Override
  public Runnable onChange(Consumer<Set<Topic>> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** How many are told of changes. */
  int listeners() {
    return listeners.size();
  }

  void changed(Set<Topic> topics) {
    listeners.forEach(listener -> listener.accept(topics));
  }
}
