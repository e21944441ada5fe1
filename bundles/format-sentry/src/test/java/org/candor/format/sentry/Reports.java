package org.candor.format.sentry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashFacts;
import org.candor.api.crash.CrashLevel;
import org.candor.api.crash.Failure;
import org.candor.api.crash.Frame;
import org.candor.api.crash.KernelSignal;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Gap;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.candor.api.source.FailureReason;

/** Reports to format. */
final class Reports {

  static final Instant NOON = Instant.parse("2026-11-21T12:00:00.250Z");
  static final Instant NIGHT = Instant.parse("2026-11-20T23:59:58.007Z");
  static final String CRASH_ID = "0123456789abcdef0123456789abcdef";
  static final KernelSignal SEGV = new KernelSignal(11, "SIGSEGV");

  private Reports() {}

  static Report inventory(Fact... facts) {
    return new Report(ReportKind.INVENTORY, NOON, List.of(facts), List.of());
  }

  /** A daily report to which every source contributed. */
  static Report richInventory() {
    List<Fact> facts = new ArrayList<>(installation());
    facts.addAll(storage());
    facts.add(count(FactNames.STORAGE_NODES, 3));
    facts.add(count(FactNames.STORAGE_POOLS, 4));
    facts.add(count(FactNames.STORAGE_NAMESPACES, 5));
    facts.add(count(FactNames.STORAGE_RULES, 6));
    facts.add(count(FactNames.STORAGE_VOLUMES, 70));
    facts.add(count(FactNames.STORAGE_VOLUMES_HEALTHY, 64));
    facts.add(count(FactNames.STORAGE_VOLUMES_SYNCING, 1));
    facts.add(count(FactNames.STORAGE_VOLUMES_SUSPECT, 2));
    facts.add(count(FactNames.STORAGE_VOLUMES_DEGRADED, 3));
    facts.add(count(FactNames.STORAGE_VOLUMES_OFFLINE, 0));
    facts.add(count(FactNames.STORAGE_VOLUMES_BYTES, 9_000_000_000_000L));
    return new Report(ReportKind.INVENTORY, NOON, facts, List.of());
  }

  static Report crash(Crash crash, long count, List<Fact> others, List<Gap> gaps) {
    List<Fact> facts = new ArrayList<>(others);
    facts.addAll(CrashFacts.of(crash, count));
    return new Report(ReportKind.CRASH, NOON, facts, gaps);
  }

  /** A crash of which everything is known. */
  static Report richCrash() {
    List<Fact> facts = new ArrayList<>(installation());
    facts.addAll(storage());
    return crash(
        crash(Optional.of(SEGV), Optional.of(139), Optional.of(true), chain()),
        12,
        facts,
        List.of(
            new Gap("dcos", FailureReason.TIMEOUT), new Gap("storageos", FailureReason.REFUSED)));
  }

  /** A crash of which hardly anything is known. */
  static Report poorCrash() {
    return new Report(
        ReportKind.CRASH, NOON, List.of(text(FactNames.CRASH_ID, CRASH_ID)), List.of());
  }

  static Crash crash(
      Optional<KernelSignal> signal,
      Optional<Integer> exitCode,
      Optional<Boolean> coreDumped,
      List<Failure> failures) {
    return new Crash(
        CRASH_ID,
        "dataplane",
        NIGHT,
        CrashLevel.FATAL,
        "dataplane was ended by SIGSEGV",
        signal,
        exitCode,
        coreDumped,
        failures);
  }

  static List<Failure> chain() {
    return List.of(
        new Failure(
            "java.lang.IllegalStateException",
            "cannot go on",
            List.of(
                new Frame("com.example.Service", "run", "Service.java", Optional.of(17)),
                new Frame("java.lang.Thread", "run", "Thread.java", Optional.of(840)))),
        new Failure(
            "java.io.IOException",
            "",
            List.of(
                new Frame("com.example.Disk", "read", "", Optional.empty()),
                new Frame("", "main", "main.c", Optional.of(3)))));
  }

  /** What the identity and this process say. */
  static List<Fact> installation() {
    return List.of(
        text(FactNames.CLUSTER_ID, "6f1c\n"),
        text(FactNames.PRODUCT_VERSION, "7.7.7"),
        text(FactNames.PRODUCT_BUILD, "karaf-7"),
        text(FactNames.SERVER_NAME, "hmac-of-server"),
        text(FactNames.USER_ID, "hmac-of-user"),
        text(FactNames.OS_NAME, "Linux"),
        text(FactNames.OS_ARCH, "x86_64"),
        text(FactNames.RUNTIME_NAME, "OpenJDK Runtime Environment"),
        text(FactNames.RUNTIME_VERSION, "17.0.15"));
  }

  /** What a StorageOS API says about itself. */
  static List<Fact> storage() {
    return List.of(
        text(FactNames.STORAGE_VERSION, "1.5.3"),
        text(FactNames.STORAGE_BUILD, "ci-4711"),
        text(FactNames.STORAGE_API_VERSION, "1"),
        text(FactNames.STORAGE_RUNTIME_VERSION, "go1.12.4"),
        text(FactNames.STORAGE_OS, "linux"),
        text(FactNames.STORAGE_ARCH, "amd64"),
        text(FactNames.STORAGE_LICENSE_TYPE, "developer"));
  }

  static Fact text(String name, String text) {
    return new Fact(name, "", new Value.Text(text));
  }

  static Fact count(String name, long count) {
    return new Fact(name, "", new Value.Count(count));
  }
}
