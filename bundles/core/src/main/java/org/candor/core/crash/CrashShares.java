package org.candor.core.crash;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.candor.api.crash.Crash;

/**
 * Max-min fair sharing among components: knows how many crashes of each are kept and how many bytes
 * they take, and which goes where there is no room: of the component that has most, the oldest. So
 * one that crashes again and again, or whoever drops records without end, takes no room from those
 * that have less. For one thread at a time.
 */
final class CrashShares {

  /** Of components; all beyond it have one share together, so that names can be made up in vain. */
  static final int MOST = 50;

  /** Of the components that have none of their own. */
  static final String OTHERS = "";

  private static final int DIGITS = 16;

  private final Map<String, Share> shares = new HashMap<>();
  private final Map<Long, String> byNumber = new HashMap<>();
  private long bytes;

  /** One component's crashes: the bytes of each by its number. */
  private static final class Share {

    private final TreeMap<Long, Long> sizes = new TreeMap<>();
    private long bytes;

    private long count() {
      return sizes.size();
    }

    private long bytes() {
      return bytes;
    }

    private long oldest() {
      return sizes.firstKey();
    }
  }

  /**
   * What stands for a component on disk: of its label as it came, since several may be scrubbed to
   * the same text, and without that label.
   */
  static String key(String label) {
    return Crash.idFrom("component\n" + label).substring(0, DIGITS);
  }

  /** The share that a new crash of this component belongs to. */
  String shareOf(String key) {
    long own = shares.keySet().stream().filter(name -> !name.equals(OTHERS)).count();
    return shares.containsKey(key) || own < MOST ? key : OTHERS;
  }

  /** Notes that a crash is kept, or that it takes another number of bytes now. */
  void put(long number, String share, long size) {
    remove(number);
    Share its = shares.computeIfAbsent(share, name -> new Share());
    its.sizes.put(number, size);
    its.bytes += size;
    bytes += size;
    byNumber.put(number, share);
  }

  void remove(long number) {
    String share = byNumber.remove(number);
    if (share != null) {
      Share its = shares.get(share);
      long size = its.sizes.remove(number);
      its.bytes -= size;
      bytes -= size;
      if (its.sizes.isEmpty()) {
        shares.remove(share);
      }
    }
  }

  /** The number of the crash that has to go; empty when all are within both bounds. */
  Optional<Long> excess(long mostBytes, int mostCrashes) {
    if (bytes > mostBytes) {
      return oldestOfLargest(Share::bytes);
    }
    return byNumber.size() > mostCrashes ? oldestOfLargest(Share::count) : Optional.empty();
  }

  /** Of equal ones that whose oldest is the oldest. */
  private Optional<Long> oldestOfLargest(ToLongFunction<Share> size) {
    return shares.values().stream()
        .max(
            Comparator.comparingLong(size)
                .thenComparing(Comparator.comparingLong(Share::oldest).reversed()))
        .map(Share::oldest);
  }
}
