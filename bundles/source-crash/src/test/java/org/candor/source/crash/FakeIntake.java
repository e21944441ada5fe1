package org.candor.source.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.candor.api.crash.Crash;
import org.candor.api.crash.CrashIntake;

/** Keeps crashes in memory, each once, and notes when it took them. */
public final class FakeIntake implements CrashIntake {

  private final List<Crash> taken = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private long lastNanos;
  private int offers;
  private boolean failing;

  @Override
  public synchronized boolean take(Crash crash) throws IOException {
    offers++;
    notifyAll();
    if (failing) {
      throw new IOException("the disk is full");
    }
    lastNanos = System.nanoTime();
    if (!ids.add(crash.id())) {
      return false;
    }
    taken.add(crash);
    return true;
  }

  public synchronized void fail(boolean now) {
    failing = now;
  }

  public synchronized List<Crash> taken() {
    return List.copyOf(taken);
  }

  public synchronized int offers() {
    return offers;
  }

  public synchronized long lastNanos() {
    return lastNanos;
  }

  /** The crashes, once there are that many. */
  public List<Crash> await(int count) {
    Eventually.is(() -> taken().size() >= count);
    return taken();
  }

  /** A handover to this. */
  public Handover handover() {
    Handover handover = new Handover();
    bindTo(handover);
    return handover;
  }

  public void bindTo(Handover handover) {
    handover.bindIntake(this);
  }
}
