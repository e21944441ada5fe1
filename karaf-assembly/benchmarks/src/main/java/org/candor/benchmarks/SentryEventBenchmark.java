package org.candor.benchmarks;

import io.sentry.JsonSerializer;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.protocol.Device;
import io.sentry.protocol.Mechanism;
import io.sentry.protocol.OperatingSystem;
import io.sentry.protocol.SdkVersion;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryId;
import io.sentry.protocol.SentryRuntime;
import io.sentry.protocol.SentryStackFrame;
import io.sentry.protocol.SentryStackTrace;
import io.sentry.protocol.User;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashFacts;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.candor.format.sentry.SentryFormatter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A crash with a stack of 20 frames and a daily report, from facts to the envelope's bytes by
 * Candor, and from the same values to the same bytes by sentry-java alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class SentryEventBenchmark {

  private static final String CRASH_ID = "0123456789abcdef0123456789abcdef";
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00.250Z");
  private static final int FRAMES = 20;
  private static final Map<String, String> NUMBERS = numbers();

  private final SentryFormatter formatter = new SentryFormatter();
  private final JsonSerializer serializer = new JsonSerializer(SentryOptions.empty());
  private final SdkVersion sdk = new SdkVersion("sentry.java", "8.62.0");
  private final List<Frame> frames = frames();
  private final Report crash = crashReport();
  private final Report daily = dailyReport();

  /** Both make the same bytes, but for the random id of the daily report. */
  @Setup
  public void compare() throws Exception {
    requireSame(candorWritesACrash().get(0).body().toArray(), sentryWritesACrash());
    Message report = candorWritesADailyReport().get(0);
    requireSame(report.body().toArray(), dailyReport(report.id()));
  }

  @Benchmark
  public List<Message> candorWritesACrash() {
    return formatter.format(crash);
  }

  @Benchmark
  public byte[] sentryWritesACrash() throws Exception {
    SentryEvent event = event(CRASH_ID);
    event.setLevel(SentryLevel.FATAL);
    event.setLogger("dataplane");
    io.sentry.protocol.Message message = new io.sentry.protocol.Message();
    message.setFormatted("dataplane was ended by SIGSEGV");
    event.setMessage(message);
    List<SentryStackFrame> stack = new ArrayList<>();
    for (int i = frames.size() - 1; i >= 0; i--) {
      Frame from = frames.get(i);
      SentryStackFrame frame = new SentryStackFrame();
      frame.setModule(from.type());
      frame.setFunction(from.method());
      frame.setFilename(from.file());
      frame.setLineno(from.line().orElseThrow());
      stack.add(frame);
    }
    SentryException exception = new SentryException();
    exception.setType("java.lang.IllegalStateException");
    exception.setValue("cannot go on");
    exception.setStacktrace(new SentryStackTrace(stack));
    Mechanism mechanism = new Mechanism();
    mechanism.setType("candor");
    mechanism.setHandled(false);
    Map<String, Object> signal = new LinkedHashMap<>();
    signal.put("number", 11L);
    signal.put("name", "SIGSEGV");
    mechanism.setMeta(Map.of("signal", signal));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("exit_code", 139L);
    data.put("core_dumped", true);
    mechanism.setData(data);
    exception.setMechanism(mechanism);
    event.setExceptions(List.of(exception));
    describe(event);
    return write(event);
  }

  @Benchmark
  public List<Message> candorWritesADailyReport() {
    return formatter.format(daily);
  }

  @Benchmark
  public byte[] sentryWritesADailyReport() throws Exception {
    return dailyReport(Crash.newId());
  }

  private byte[] dailyReport(String id) throws Exception {
    SentryEvent event = event(id);
    event.setLevel(SentryLevel.INFO);
    describe(event);
    Map<String, Object> numbers = new LinkedHashMap<>();
    NUMBERS.keySet().forEach(key -> numbers.put(key, 70L));
    event.getContexts().put("candor", numbers);
    return write(event);
  }

  private SentryEvent event(String id) {
    SentryEvent event = new SentryEvent(Date.from(AT));
    event.setEventId(new SentryId(id));
    event.setPlatform("java");
    event.setSdk(sdk);
    return event;
  }

  private static void describe(SentryEvent event) {
    event.setRelease("1.5.3");
    event.setDist("ci-4711");
    event.setServerName("1f0c2d3e4b5a69788796a5b4c3d2e1f0");
    User user = new User();
    user.setId("2f0c2d3e4b5a69788796a5b4c3d2e1f0");
    event.setUser(user);
    event.setTag("cluster_id", "6f1c0e52-3a1c-4c6e-9f0e-6f7a0d9b8c11");
    event.setTag("license_type", "developer");
    event.setTag("api_version", "1");
    OperatingSystem os = new OperatingSystem();
    os.setName("linux");
    event.getContexts().setOperatingSystem(os);
    Device device = new Device();
    device.setArchs(new String[] {"amd64"});
    event.getContexts().setDevice(device);
    SentryRuntime runtime = new SentryRuntime();
    runtime.setName("go");
    runtime.setVersion("go1.12.4");
    event.getContexts().setRuntime(runtime);
  }

  private byte[] write(SentryEvent event) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    serializer.serialize(SentryEnvelope.from(serializer, event, sdk), out);
    return out.toByteArray();
  }

  private static Report crashReport() {
    List<Fact> facts = new ArrayList<>(installation());
    facts.addAll(
        CrashFacts.of(
            new Crash(
                CRASH_ID,
                "dataplane",
                AT,
                CrashLevel.FATAL,
                "dataplane was ended by SIGSEGV",
                Optional.of(new KernelSignal(11, "SIGSEGV")),
                Optional.of(139),
                Optional.of(true),
                List.of(new Failure("java.lang.IllegalStateException", "cannot go on", frames()))),
            1));
    return new Report(ReportKind.CRASH, AT, facts, List.of());
  }

  private static Report dailyReport() {
    List<Fact> facts = new ArrayList<>(installation());
    NUMBERS.values().forEach(name -> facts.add(new Fact(name, "", new Value.Count(70))));
    return new Report(ReportKind.INVENTORY, AT, facts, List.of());
  }

  private static List<Fact> installation() {
    return List.of(
        text(FactNames.CLUSTER_ID, "6f1c0e52-3a1c-4c6e-9f0e-6f7a0d9b8c11"),
        text(FactNames.PRODUCT_VERSION, "7.7.7"),
        text(FactNames.PRODUCT_BUILD, "karaf-7"),
        text(FactNames.SERVER_NAME, "1f0c2d3e4b5a69788796a5b4c3d2e1f0"),
        text(FactNames.USER_ID, "2f0c2d3e4b5a69788796a5b4c3d2e1f0"),
        text(FactNames.OS_NAME, "Linux"),
        text(FactNames.OS_ARCH, "x86_64"),
        text(FactNames.RUNTIME_NAME, "OpenJDK Runtime Environment"),
        text(FactNames.RUNTIME_VERSION, "17.0.15"),
        text(FactNames.STORAGE_VERSION, "1.5.3"),
        text(FactNames.STORAGE_BUILD, "ci-4711"),
        text(FactNames.STORAGE_API_VERSION, "1"),
        text(FactNames.STORAGE_RUNTIME_VERSION, "go1.12.4"),
        text(FactNames.STORAGE_OS, "linux"),
        text(FactNames.STORAGE_ARCH, "amd64"),
        text(FactNames.STORAGE_LICENSE_TYPE, "developer"));
  }

  private static List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      frames.add(
          new Frame(
              "com.example.storage.dataplane.Replication" + i,
              "copyBlock" + i,
              "Replication.java",
              Optional.of(100 + i)));
    }
    return frames;
  }

  private static Map<String, String> numbers() {
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put("node_count", FactNames.STORAGE_NODES);
    numbers.put("pool_count", FactNames.STORAGE_POOLS);
    numbers.put("namespace_count", FactNames.STORAGE_NAMESPACES);
    numbers.put("rule_count", FactNames.STORAGE_RULES);
    numbers.put("volume_count", FactNames.STORAGE_VOLUMES);
    numbers.put("volume_healthy_count", FactNames.STORAGE_VOLUMES_HEALTHY);
    numbers.put("volume_syncing_count", FactNames.STORAGE_VOLUMES_SYNCING);
    numbers.put("volume_suspect_count", FactNames.STORAGE_VOLUMES_SUSPECT);
    numbers.put("volume_degraded_count", FactNames.STORAGE_VOLUMES_DEGRADED);
    numbers.put("volume_offline_count", FactNames.STORAGE_VOLUMES_OFFLINE);
    numbers.put("volume_total_bytes", FactNames.STORAGE_VOLUMES_BYTES);
    return numbers;
  }

  private static Fact text(String name, String text) {
    return new Fact(name, "", new Value.Text(text));
  }

  private static void requireSame(byte[] one, byte[] other) {
    String first = new String(one, StandardCharsets.UTF_8);
    String second = new String(other, StandardCharsets.UTF_8);
    if (!first.equals(second)) {
      throw new IllegalStateException("not the same:\n" + first + "\n" + second);
    }
  }
}
