package org.candor.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongHashSetTest {

  @Test
  void itIsASet() {
    Random random = new Random(5);
    LongHashSet table = new LongHashSet();
    Set<Long> set = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      // Few, and close to each other, so that they meet and are taken away again.
      long hash = random.nextInt(3_000) - 1_500;
      hash = hash == 0 ? 1 : hash;
      if (random.nextInt(3) == 0) {
        table.remove(hash);
        set.remove(hash);
      } else {
        assertThat(table.add(hash)).isEqualTo(set.add(hash));
      }
      assertThat(table.size()).isEqualTo(set.size());
    }
    for (long hash = -2_000; hash < 2_000; hash++) {
      assertThat(hash == 0 || table.contains(hash) == set.contains(hash)).isTrue();
    }
  }

  @Test
  void alsoTheHashThatStandsForNoneIsAdded() {
    LongHashSet table = new LongHashSet();
    assertThat(table.add(0)).isTrue();
    assertThat(table.contains(0)).isTrue();
    assertThat(table.add(0)).isFalse();
  }
}
