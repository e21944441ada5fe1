package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrashSharesTest {

  private final CrashShares shares = new CrashShares();

  private List<Long> gone(long mostBytes, int mostCrashes) {
    List<Long> gone = new ArrayList<>();
    Optional<Long> next = shares.excess(mostBytes, mostCrashes);
    while (next.isPresent()) {
      gone.add(next.get());
      shares.remove(next.get());
      next = shares.excess(mostBytes, mostCrashes);
    }
    return gone;
  }

  @Test
  void whoHasMostBytesGivesItsOldest() {
    shares.put(1, "calm", 100);
    shares.put(2, "loud", 60);
    shares.put(3, "loud", 60);
    assertThat(gone(220, 9)).isEmpty();
    shares.put(4, "loud", 60);
    assertThat(gone(220, 9)).containsExactly(2L);
    assertThat(gone(159, 9)).containsExactly(3L, 1L);
  }

  @Test
  void whoHasMostCrashesGivesItsOldest() {
    shares.put(1, "calm", 900);
    shares.put(2, "loud", 1);
    shares.put(3, "loud", 1);
    assertThat(gone(10_000, 2)).containsExactly(2L);
    assertThat(gone(10_000, 1)).containsExactly(1L);
  }

  @Test
  void ofEqualOnesTheOldestGoes() {
    shares.put(1, "a", 10);
    shares.put(2, "b", 10);
    assertThat(gone(10, 9)).containsExactly(1L);
  }

  @Test
  void aCrashThatChangesIsCountedOnce() {
    shares.put(1, "a", 10);
    shares.put(1, "a", 20);
    assertThat(gone(20, 1)).isEmpty();
    shares.remove(7);
    shares.remove(1);
    assertThat(gone(0, 0)).isEmpty();
  }

  @Test
  void namesThatAreMadeUpShareOneShare() {
    for (int i = 0; i < CrashShares.MOST; i++) {
      shares.put(i, shares.shareOf("name " + i), 1);
    }
    assertThat(shares.shareOf("name 7")).isEqualTo("name 7");
    assertThat(shares.shareOf("made up")).isEqualTo(CrashShares.OTHERS);
    shares.put(100, CrashShares.OTHERS, 1);
    shares.remove(7);
    assertThat(shares.shareOf("name 7")).isEqualTo("name 7");
  }

  @Test
  void labelsThatAreScrubbedAlikeAreNotAlike() {
    assertThat(CrashShares.key("a@acme.com"))
        .isNotEqualTo(CrashShares.key("b@acme.com"))
        .doesNotContain("acme");
  }
}
