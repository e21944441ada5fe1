package org.candor.core.crash;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.candor.api.crash.Crash;
import org.candor.api.crash.Failure;
import org.candor.core.store.DamagedException;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/**
 * Bounded table of crashes by number, each apart from its stack, with a deduplication window of
 * ids. Bounded by bytes and by count; where there is no room, {@link CrashShares} says which goes.
 * For one thread at a time.
 */
final class KeptCrashes {

  private static final String CRASHES = "crashes";
  private static final String STACKS = "stacks";
  private static final String SEEN = "seen";
  private static final String PLACES = "places";

  private final StoreFile file;
  private final Clock clock;
  private final Supplier<CrashLimits> limits;
  private final CrashShares shares = new CrashShares();
  private final Map<String, Long> numbers = new HashMap<>();

  /**
   * @param file is open whenever this is used
   */
  KeptCrashes(StoreFile file, Clock clock, Supplier<CrashLimits> limits) {
    this.file = file;
    this.clock = clock;
    this.limits = limits;
  }

  /** Whether a crash of this id was seen, kept or not. */
  boolean knows(String id) {
    return file.named(SEEN).containsKey(id);
  }

  /**
   * Adds a crash under the next number.
   *
   * @param component which it is; see {@link CrashShares#key}
   */
  void add(Crash crash, String component, long count, CrashStage stage) {
    MVMap<Long, byte[]> crashes = crashes();
    long last = crashes.isEmpty() ? 0 : crashes.lastKey();
    long number = Math.max(last + 1, clock.millis());
    put(KeptCrash.of(number, crash, shares.shareOf(component), count, stage));
    see(crash.id());
    keepWithin();
  }

  /**
   * Keeps a crash that was saved under the number that it has; of two of one number that which has
   * come further.
   */
  void restore(KeptCrash kept) {
    boolean isFurther =
        head(kept.number()).filter(now -> now.stage().compareTo(kept.stage()) >= 0).isEmpty();
    if (isFurther) {
      if (kept.crash().failures().isEmpty()) {
        putHead(kept);
      } else {
        put(fitting(kept));
      }
      see(kept.crash().id());
      keepWithin();
    }
  }

  /** Keeps a stack that was saved, of a crash that may be saved later. */
  void restoreStack(byte[] stack) {
    long number = CrashCodec.numberOfStack(stack);
    putStack(number, stack);
    head(number).ifPresent(this::note);
  }

  /** Lets go of stacks whose crashes could not be saved. */
  void dropStacksAlone() {
    for (long number : List.copyOf(stacks().keySet())) {
      if (!crashes().containsKey(number)) {
        stacks().remove(number);
      }
    }
  }

  int count() {
    return crashes().size();
  }

  /** Notes the id of a crash that is not kept by itself. */
  void see(String id) {
    MVMap<Long, byte[]> places = file.numbered(PLACES);
    long place = places.isEmpty() ? 1 : places.lastKey() + 1;
    file.named(SEEN).put(id, Long.toString(place));
    places.put(place, id.getBytes(StandardCharsets.US_ASCII));
    while (places.sizeAsLong() > limits.get().ids()) {
      byte[] oldest = places.remove(places.firstKey());
      file.named(SEEN).remove(new String(oldest, StandardCharsets.US_ASCII));
    }
  }

  void mark(long number, CrashStage stage) {
    head(number).filter(kept -> kept.stage() != stage).ifPresent(kept -> mark(kept, stage));
  }

  /** Marks all that no channel has taken as withheld. */
  void withhold() {
    for (long number : List.copyOf(crashes().keySet())) {
      head(number)
          .filter(kept -> kept.stage() == CrashStage.NEW)
          .ifPresent(kept -> mark(kept, CrashStage.WITHHELD));
    }
  }

  private void mark(KeptCrash kept, CrashStage stage) {
    if (kept.crash().failures().isEmpty()) {
      putHead(kept.as(stage));
    } else {
      // As an earlier version kept it.
      put(kept.as(stage));
    }
  }

  /** The oldest after a number that may be reported. */
  List<KeptCrash> after(long number, int most) {
    List<KeptCrash> found = new ArrayList<>();
    MVMap<Long, byte[]> crashes = crashes();
    for (Long next = crashes.higherKey(number);
        next != null && found.size() < most;
        next = crashes.higherKey(next)) {
      head(next)
          .filter(kept -> kept.stage() != CrashStage.WITHHELD)
          .map(this::withStack)
          .ifPresent(found::add);
    }
    return found;
  }

  Optional<KeptCrash> newest() {
    MVMap<Long, byte[]> crashes = crashes();
    return crashes.isEmpty() ? Optional.empty() : at(crashes.lastKey());
  }

  /** The ids of those that are kept. */
  Set<String> ids() {
    return numbers.keySet();
  }

  /** The crash of that id, with its stack. */
  Optional<KeptCrash> of(String id) {
    return Optional.ofNullable(numbers.get(id)).flatMap(this::at);
  }

  /** The newest below a number, the newest first, without their stacks. */
  List<KeptCrash> before(long number, int most) {
    List<KeptCrash> found = new ArrayList<>();
    MVMap<Long, byte[]> crashes = crashes();
    for (Long next = crashes.lowerKey(number);
        next != null && found.size() < most;
        next = crashes.lowerKey(next)) {
      head(next).map(KeptCrash::withoutStack).ifPresent(found::add);
    }
    return found;
  }

  /**
   * Looks at all that was kept before, and lets go of what has no room any more. To be called once,
   * before anything else.
   *
   * @throws DamagedException when something is not whole
   */
  void begin() {
    for (long number : List.copyOf(crashes().keySet())) {
      KeptCrash kept = head(number).orElseThrow(() -> new DamagedException("a crash is not whole"));
      if (!stack(number).isPresent() && stacks().containsKey(number)) {
        throw new DamagedException("the stack of a crash is not whole");
      }
      if (kept.crash().failures().isEmpty()) {
        note(kept);
      } else {
        // As an earlier version kept it, which knew no bound of bytes.
        put(fitting(kept));
      }
      keepWithin();
    }
  }

  private KeptCrash fitting(KeptCrash kept) {
    return KeptCrash.of(
        kept.number(),
        StackTrimming.fit(kept.crash(), limits.get().bytesOfOne()),
        shares.shareOf(kept.share()),
        kept.count(),
        kept.stage());
  }

  private void keepWithin() {
    CrashLimits now = limits.get();
    Optional<Long> goes = shares.excess(now.crashBytes(), now.crashes());
    while (goes.isPresent()) {
      crashes().remove(goes.get());
      stacks().remove(goes.get());
      shares.remove(goes.get());
      numbers.values().remove(goes.get());
      goes = shares.excess(now.crashBytes(), now.crashes());
    }
  }

  private void put(KeptCrash kept) {
    List<Failure> failures = kept.crash().failures();
    if (failures.isEmpty()) {
      stacks().remove(kept.number());
    } else {
      putStack(kept.number(), CrashCodec.stack(kept.number(), failures));
    }
    putHead(kept.withoutStack());
  }

  private void putHead(KeptCrash kept) {
    crashes().put(kept.number(), RecordFrame.wrap(CrashCodec.head(kept)));
    note(kept);
  }

  private void putStack(long number, byte[] stack) {
    stacks().put(number, RecordFrame.wrap(stack));
  }

  private void note(KeptCrash kept) {
    numbers.put(kept.crash().id(), kept.number());
    long stack = Optional.ofNullable(stacks().get(kept.number())).map(s -> s.length).orElse(0);
    shares.put(kept.number(), kept.share(), crashes().get(kept.number()).length + stack);
  }

  private Optional<KeptCrash> at(long number) {
    return head(number).map(this::withStack);
  }

  private KeptCrash withStack(KeptCrash head) {
    return stack(head.number()).map(head::withStack).orElse(head);
  }

  private Optional<KeptCrash> head(long number) {
    return Optional.ofNullable(crashes().get(number))
        .flatMap(RecordFrame::unwrap)
        .flatMap(CrashCodec::decode);
  }

  private Optional<List<Failure>> stack(long number) {
    return Optional.ofNullable(stacks().get(number))
        .flatMap(RecordFrame::unwrap)
        .flatMap(CrashCodec::failures);
  }

  private MVMap<Long, byte[]> crashes() {
    return file.numbered(CRASHES);
  }

  private MVMap<Long, byte[]> stacks() {
    return file.numbered(STACKS);
  }
}
