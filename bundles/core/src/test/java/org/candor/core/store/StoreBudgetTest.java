package org.candor.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StoreBudgetTest {

  @Test
  void allPartsTogetherAreTheWhole() {
    assertThat(Arrays.stream(StorePart.values()).mapToInt(StorePart::percent).sum()).isEqualTo(100);
    StoreBudget budget = new StoreBudget(50L << 20);
    assertThat(Arrays.stream(StorePart.values()).mapToLong(budget::bytesFor).sum())
        .isLessThanOrEqualTo(50L << 20);
    assertThat(budget.bytesFor(StorePart.JOURNAL)).isEqualTo((50L << 20) / 100 * 40);
  }

  @Test
  void aPartHoldsSoMuchContentThatItsFileStaysWithinIt() {
    StoreBudget budget = new StoreBudget(100_000_000);
    assertThat(budget.contentOf(StorePart.OUTBOX)).isEqualTo(9_500_000);
  }
}
