package org.candor.format.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.candor.api.report.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The two exhaustive lists of the document that this format replaces ("StorageOS Telemetry", in its
 * own words), where each field stands now, and what it says there.
 */
class DocumentFieldsTest {

  /** What the protocol itself wants, or how Candor marks what it left out. */
  private static final Set<String> NOT_IN_THE_LISTS =
      Set.of(
          "event_id",
          "sdk.name",
          "content_type",
          "type",
          "length",
          "platform",
          "contexts.runtime.name",
          "contexts.candor.partial",
          "contexts.candor.count",
          "exception.values[].mechanism.type",
          "exception.values[].mechanism.handled");

  private final SentryFormatter formatter = new SentryFormatter();

  /** A field of the document. */
  private record Listed(String name, String path, List<Object> values) {

    @Override
    public String toString() {
      return name + " → " + path;
    }
  }

  static Stream<Listed> daily() {
    return Stream.of(
        listed("API version", "tags.api_version", "1"),
        listed("Cluster ID", "tags.cluster_id", "6f1c"),
        listed("CPU architechture", "contexts.device.archs[]", "amd64"),
        listed("Go version", "contexts.runtime.version", "go1.12.4"),
        listed("Healthy volume count", "contexts.candor.volume_healthy_count", 64L),
        listed("Logging level", "level", "info"),
        listed("Logging user", "user.id", "hmac-of-user"),
        listed("License type", "tags.license_type", "developer"),
        listed("Namespace count", "contexts.candor.namespace_count", 5L),
        listed("Node count", "contexts.candor.node_count", 3L),
        listed("Pool count", "contexts.candor.pool_count", 4L),
        listed("OS type", "contexts.os.name", "linux"),
        listed("Rule count", "contexts.candor.rule_count", 6L),
        listed("Server name", "server_name", "hmac-of-server"),
        listed("Sentry version", "sdk.version", "8.62.0"),
        listed("StorageOS build information (CI pipeline reference)", "dist", "ci-4711"),
        listed("StorageOS version", "release", "1.5.3"),
        listed("Suspect volume count", "contexts.candor.volume_suspect_count", 2L),
        listed("Total volume size", "contexts.candor.volume_total_bytes", 9_000_000_000_000L),
        listed("Volume count", "contexts.candor.volume_count", 70L),
        listed("Volume degraded count", "contexts.candor.volume_degraded_count", 3L),
        listed("Volume offline count", "contexts.candor.volume_offline_count", 0L),
        listed("Volume syncing count", "contexts.candor.volume_syncing_count", 1L));
  }

  static Stream<Listed> crash() {
    String values = "exception.values[].";
    String frames = values + "stacktrace.frames[].";
    return Stream.of(
        listed("API version", "tags.api_version", "1"),
        listed("Cluster ID", "tags.cluster_id", "6f1c"),
        listed("CPU architechture", "contexts.device.archs[]", "amd64"),
        listed("Crashed component name", "logger", "dataplane"),
        listed("Error level", "level", "fatal"),
        listed("Error message", "message.formatted", "dataplane was ended by SIGSEGV"),
        listed(
            "Exceptions",
            values + "type",
            "java.io.IOException",
            "java.lang.IllegalStateException"),
        listed("Exceptions", values + "value", "cannot go on"),
        listed("Exit code", values + "mechanism.data.exit_code", 139L),
        listed("Datetime of crash", "timestamp", "2026-11-20T23:59:58.007Z"),
        listed("Go version", "contexts.runtime.version", "go1.12.4"),
        listed("Kernel signal", values + "mechanism.meta.signal.number", 11L),
        listed("Kernel signal", values + "mechanism.meta.signal.name", "SIGSEGV"),
        listed("OS type", "contexts.os.name", "linux"),
        listed("License type", "tags.license_type", "developer"),
        listed("Logging user", "user.id", "hmac-of-user"),
        listed("Server name", "server_name", "hmac-of-server"),
        listed("Stacktrace", frames + "function", "main", "read", "run", "run"),
        listed(
            "Stacktrace",
            frames + "module",
            "com.example.Disk",
            "java.lang.Thread",
            "com.example.Service"),
        listed("Stacktrace", frames + "filename", "main.c", "Thread.java", "Service.java"),
        listed("Stacktrace", frames + "lineno", 3L, 840L, 17L),
        listed("StorageOS build information (CI pipeline reference)", "dist", "ci-4711"),
        listed("StorageOS version", "release", "1.5.3"),
        listed("Whether a core dump occured", values + "mechanism.data.core_dumped", true));
  }

  @Test
  void theListsAreWhole() {
    assertThat(daily().map(Listed::name).distinct()).hasSize(23);
    assertThat(crash().map(Listed::name).distinct()).hasSize(19);
  }

  @ParameterizedTest
  @MethodSource("daily")
  void theDailyReportHasIt(Listed field) {
    assertThat(event(Reports.richInventory()).values(field.path()))
        .containsExactlyElementsOf(field.values());
  }

  @ParameterizedTest
  @MethodSource("crash")
  void theCrashReportHasIt(Listed field) {
    assertThat(event(Reports.richCrash()).values(field.path()))
        .containsExactlyElementsOf(field.values());
  }

  @Test
  void thereIsNothingElse() {
    assertNothingBut(daily(), Set.of("timestamp"), Reports.richInventory());
    // "Sentry version" is in the daily list only, and part of every envelope.
    assertNothingBut(crash(), Set.of("sdk.version"), Reports.richCrash());
  }

  private void assertNothingBut(Stream<Listed> list, Set<String> protocol, Report report) {
    Set<String> allowed = new HashSet<>(NOT_IN_THE_LISTS);
    allowed.addAll(protocol);
    list.map(Listed::path).forEach(allowed::add);
    List<String> others = new ArrayList<>(event(report).paths());
    others.removeAll(allowed);
    assertThat(others).isEmpty();
  }

  private Envelope event(Report report) {
    return Envelope.of(formatter.format(report).get(0));
  }

  private static Listed listed(String name, String path, Object... values) {
    return new Listed(name, path, Arrays.asList(values));
  }
}
