package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AnswersLayerCacheTest {

  private final AtomicReference<Optional<Instant>> copied = new AtomicReference<>(Optional.empty());
  private final AnswersLayerCache cache = new AnswersLayerCache(copied::get);
  private final AnswerBook inForce = AnswerBook.EMPTY;
  private final AnswerBook other = AnswerBook.EMPTY.withoutDenials(Set.of());

  @Test
  void theBookInForceIsWorkedOutOnce() {
    AnswersLayer layer = cache.inForce(inForce);
    assertThat(cache.inForce(inForce)).isSameAs(layer);
    assertThat(cache.of(inForce)).isSameAs(layer);
  }

  @Test
  void aBookThatIsYetToBeWrittenDisplacesNothing() {
    AnswersLayer layer = cache.inForce(inForce);
    assertThat(cache.of(other)).isNotSameAs(layer);
    assertThat(cache.inForce(inForce)).isSameAs(layer);
  }

  @Test
  void onceThisIsSeenToBeACopyAllIsWorkedOutAnew() {
    AnswersLayer layer = cache.inForce(inForce);
    copied.set(Optional.of(Instant.EPOCH));
    assertThat(cache.inForce(inForce)).isNotSameAs(layer);
  }
}
