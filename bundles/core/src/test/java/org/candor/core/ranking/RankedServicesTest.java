package org.candor.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

class RankedServicesTest {

  private final RankedServices<Object> services = new RankedServices<>();
  private final Object first = new Object();
  private final Object second = new Object();
  private final Object third = new Object();

  private static Map<String, Object> properties(long id) {
    return Map.of(Constants.SERVICE_ID, id);
  }

  private static Map<String, Object> properties(long id, Object ranking) {
    return Map.of(Constants.SERVICE_ID, id, Constants.SERVICE_RANKING, ranking);
  }

  @Test
  void ofNoneThereIsNone() {
    assertThat(services.best("a")).isEmpty();
    assertThat(services.best()).isEmpty();
    assertThat(services.names()).isEmpty();
  }

  @Test
  void theHighestRankingCountsWhicheverCameFirst() {
    services.put("a", first, properties(1, 10));
    services.put("a", second, properties(2, 20));
    services.put("a", third, properties(3, -5));
    assertThat(services.best("a")).containsSame(second);
  }

  @Test
  void withoutARankingItIsZeroAsInTheFramework() {
    services.put("a", first, properties(1, -1));
    services.put("a", second, properties(2));
    services.put("a", third, properties(3, "100"));
    assertThat(services.best("a")).containsSame(second);
  }

  @Test
  void rankingsAtBothEndsOfTheirRangeCompare() {
    services.put("a", first, properties(1, Integer.MIN_VALUE));
    services.put("a", second, properties(2, Integer.MAX_VALUE));
    assertThat(services.best("a")).containsSame(second);
  }

  @Test
  void ofEqualRankingTheOneRegisteredFirstCountsEvenIfItIsBoundLast() {
    services.put("a", second, properties(8, 10));
    services.put("a", first, properties(7, 10));
    assertThat(services.best("a")).containsSame(first);
  }

  @Test
  void whenTheBestGoesTheNextTakesOverAndTheLastLeavesNoName() {
    services.put("a", first, properties(1, 10));
    services.put("a", second, properties(2, 20));
    services.put("a", third, properties(3, 30));
    services.remove(third);
    assertThat(services.best("a")).containsSame(second);
    services.remove(first);
    assertThat(services.best("a")).containsSame(second);
    services.remove(second);
    assertThat(services.best("a")).isEmpty();
    assertThat(services.names()).isEmpty();
  }

  @Test
  void aRankingThatChangesAtRunTimeCounts() {
    services.put("a", first, properties(1, 10));
    services.put("a", second, properties(2, 20));
    services.put("a", first, properties(1, 30));
    assertThat(services.best("a")).containsSame(first);
    services.put("a", first, properties(1));
    assertThat(services.best("a")).containsSame(second);
    services.remove(second);
    assertThat(services.best("a")).containsSame(first);
    services.remove(first);
    assertThat(services.best("a")).isEmpty();
  }

  @Test
  void aNameThatChangesAtRunTimeCounts() {
    services.put("a", first, properties(1));
    services.put("b", first, properties(1));
    assertThat(services.best("a")).isEmpty();
    assertThat(services.best("b")).containsSame(first);
  }

  @Test
  void twoServicesThatAreEqualAreStillTwo() {
    String one = new String("same");
    String other = new String("same");
    RankedServices<String> texts = new RankedServices<>();
    texts.put("a", one, properties(1, 20));
    texts.put("a", other, properties(2, 10));
    texts.remove(one);
    assertThat(texts.best("a").orElseThrow()).isSameAs(other);
  }

  @Test
  void eachNameHasItsOwnBestInTheOrderOfTheNames() {
    services.put("b", first, properties(1, 100));
    services.put("a", second, properties(2, 1));
    services.put("a", third, properties(3, 2));
    assertThat(services.best()).containsExactly(third, first);
    assertThat(services.names()).containsExactly("a", "b");
  }
}
