package org.candor.benchmarks.events;

import java.util.Arrays;

/**
 * Which UUIDs were seen: of each 64 bits, in one array, so that millions of them cost little. Safe
 * for several threads.
 */
final class Ids {

  private static final int LEAST = 1 << 16;
  private static final int LENGTH = 36;

  private long[] places = new long[LEAST];
  private int size;
  private long repeated;

  /** What stands for the UUID that is written there; never 0. */
  static long of(byte[] text, int at) {
    long id = 0;
    for (int i = at; i < at + LENGTH; i++) {
      if (text[i] != '-') {
        int digit = (text[i] & 0xf) + (text[i] > '9' ? 9 : 0);
        id = Long.rotateLeft(id, 4) ^ digit;
      }
    }
    return id == 0 ? 1 : id;
  }

  /** Adds some, of which some may be there already. */
  synchronized void addAll(long[] ids, int count) {
    for (int i = 0; i < count; i++) {
      add(ids[i]);
    }
  }

  private void add(long id) {
    int place = place(places, id);
    if (places[place] != 0) {
      repeated++;
      return;
    }
    places[place] = id;
    if (++size > places.length / 2) {
      grow();
    }
  }

  /** How many. */
  synchronized int size() {
    return size;
  }

  /** How often one came that was there already. */
  synchronized long repeated() {
    return repeated;
  }

  synchronized long[] all() {
    return Arrays.stream(places).filter(id -> id != 0).toArray();
  }

  private void grow() {
    long[] larger = new long[places.length * 2];
    for (long id : places) {
      if (id != 0) {
        larger[place(larger, id)] = id;
      }
    }
    places = larger;
  }

  private static int place(long[] places, long id) {
    int place = (int) (id ^ (id >>> 32)) & (places.length - 1);
    while (places[place] != 0 && places[place] != id) {
      place = (place + 1) & (places.length - 1);
    }
    return place;
  }
}
