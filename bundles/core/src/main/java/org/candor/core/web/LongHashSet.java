package org.candor.core.web;

/**
 * A set of hashes, each of 64 bits, in one array: whatever is small and lives long would cost the
 * garbage collector more than everything else about it. For one thread at a time.
 */
final class LongHashSet {

  private static final int LEAST = 1 << 6;

  /** Stands for no hash; the hash that is the same counts as its neighbour. */
  private static final long NONE = 0;

  private long[] places = new long[LEAST];
  private int size;

  int size() {
    return size;
  }

  boolean contains(long hash) {
    return places[place(places, key(hash))] != NONE;
  }

  /** Adds a hash; false when it is there. */
  boolean add(long hash) {
    int place = place(places, key(hash));
    if (places[place] != NONE) {
      return false;
    }
    places[place] = key(hash);
    size++;
    if (size > places.length / 2) {
      grow();
    }
    return true;
  }

  void remove(long hash) {
    int hole = place(places, key(hash));
    if (places[hole] == NONE) {
      return;
    }
    places[hole] = NONE;
    size--;
    // What follows may have been put there because the hole was taken.
    for (int next = after(hole); places[next] != NONE; next = after(next)) {
      long moved = places[next];
      places[next] = NONE;
      places[place(places, moved)] = moved;
    }
  }

  private void grow() {
    long[] larger = new long[places.length * 2];
    for (long key : places) {
      if (key != NONE) {
        larger[place(larger, key)] = key;
      }
    }
    places = larger;
  }

  private int after(int place) {
    return (place + 1) & (places.length - 1);
  }

  /** Where a key is, or else where it would be put. */
  private static int place(long[] places, long key) {
    int place = (int) key & (places.length - 1);
    while (places[place] != NONE && places[place] != key) {
      place = (place + 1) & (places.length - 1);
    }
    return place;
  }

  private static long key(long hash) {
    return hash == NONE ? 1 : hash;
  }
}
