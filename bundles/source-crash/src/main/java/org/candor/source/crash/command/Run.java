package org.candor.source.crash.command;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A watcher and its command, started by this process or by one before it. */
final class Run {

  /** Start times of processes are known to a second or so. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final Duration MERCY = Duration.ofSeconds(1);
  private static final Duration LAST_BREATH = Duration.ofMillis(300);
  private static final long TICK = Duration.ofMillis(5).toNanos();

  private final RunNote note;
  private final RunFiles files;
  private final Optional<Process> child;
  private final Optional<ProcessHandle> watcher;

  private Run(
      RunNote note, RunFiles files, Optional<Process> child, Optional<ProcessHandle> watcher) {
    this.note = note;
    this.files = files;
    this.child = child;
    this.watcher = watcher;
  }

  static Run started(RunNote note, RunFiles files, Process watcher) {
    return new Run(note, files, Optional.of(watcher), Optional.of(watcher.toHandle()));
  }

  /** A run that a process before this one began. */
  static Run found(RunNote note, RunFiles files) {
    Optional<ProcessHandle> watcher =
        files.settled()
            ? Optional.empty()
            : files
                .pids()
                .map(pids -> ProcessHandle.of(pids.watcher()).stream())
                // Killed so early that the watcher had not yet written down who it is.
                .orElseGet(ProcessHandle::allProcesses)
                .filter(process -> watches(process, note))
                .findFirst();
    return new Run(note, files, Optional.empty(), watcher);
  }

  private static boolean watches(ProcessHandle process, RunNote note) {
    return process.info().arguments().stream().anyMatch(all -> List.of(all).contains(note.id()));
  }

  RunNote note() {
    return note;
  }

  /** Whether its end is told by the system; if not, look. */
  boolean isChild() {
    return child.isPresent() && child.get().isAlive();
  }

  boolean isAlive() {
    return watcher.filter(ProcessHandle::isAlive).isPresent()
        || !files.settled() && command().isPresent();
  }

  /** The watcher's status, which is the command's; empty when it is not this process's child. */
  Optional<Integer> status() {
    return child.filter(process -> !process.isAlive()).map(Process::exitValue);
  }

  void onExit(Runnable action) {
    child.ifPresent(process -> process.onExit().thenRun(action));
  }

  private Optional<ProcessHandle> command() {
    return files
        .pids()
        .flatMap(
            pids ->
                ProcessHandle.of(pids.command())
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> isOurs(process, pids)));
  }

  // The id may have been given to another process since; that one would have started later.
  private boolean isOurs(ProcessHandle process, RunFiles.Pids pids) {
    if (watcher.isPresent() && process.parent().equals(watcher)) {
      return true;
    }
    Optional<Instant> start = process.info().startInstant();
    return start.isPresent()
        && !start.get().isBefore(note.started().minus(SLACK))
        && !start.get().isAfter(pids.at().plus(SLACK));
  }

  /**
   * Stops the command: TERM, and after a second KILL for all that is left of it. Takes 1.3 s at
   * most. Leaves no record: the watcher is told first.
   */
  void stop() {
    Set<ProcessHandle> tree = new LinkedHashSet<>();
    watcher.ifPresent(
        process -> {
          tree.add(process);
          process.destroy();
        });
    boolean told = false;
    long start = System.nanoTime();
    while (alive(tree) && System.nanoTime() - start < MERCY.toNanos()) {
      if (!told) {
        Optional<ProcessHandle> command = command();
        command.ifPresent(
            process -> {
              process.descendants().forEach(tree::add);
              tree.add(process);
              process.destroy();
            });
        told = command.isPresent();
      }
      LockSupport.parkNanos(TICK);
    }
    List<ProcessHandle> left =
        tree.stream()
            .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
            .distinct()
            .toList();
    left.forEach(ProcessHandle::destroyForcibly);
    long last = System.nanoTime();
    while (alive(left) && System.nanoTime() - last < LAST_BREATH.toNanos()) {
      LockSupport.parkNanos(TICK);
    }
  }

  private static boolean alive(Iterable<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      if (process.isAlive()) {
        return true;
      }
    }
    return false;
  }
}
