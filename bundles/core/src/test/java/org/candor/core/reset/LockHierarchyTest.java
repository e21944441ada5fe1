package org.candor.core.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.candor.core.store.IoAction;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.junit.jupiter.api.Test;

class LockHierarchyTest {

  private final List<String> events = new ArrayList<>();

  private final class Participant implements Resettable {

    private final ResetOrder order;

    private Participant(ResetOrder order) {
      this.order = order;
    }

    @Override
    public ResetOrder order() {
      return order;
    }

    @Override
    public void erasing(IoAction step) throws IOException {
      held("erasing ", step);
    }

    @Override
    public void moving(IoAction step) throws IOException {
      held("moving ", step);
    }

    private void held(String why, IoAction step) throws IOException {
      events.add(why + order);
      try {
        step.run();
      } finally {
        events.add("free " + order);
      }
    }
  }

  private LockHierarchy all() {
    List<Resettable> participants =
        new ArrayList<>(Arrays.stream(ResetOrder.values()).map(Participant::new).toList());
    Collections.shuffle(participants);
    return new LockHierarchy(participants);
  }

  private static List<String> nested(String why, String step) {
    List<String> names = Arrays.stream(ResetOrder.values()).map(Enum::name).toList();
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    return Stream.of(
            names.stream().map(name -> why + name),
            Stream.of(step),
            reversed.stream().map(name -> "free " + name))
        .flatMap(part -> part)
        .toList();
  }

  @Test
  void allAreHeldInTheirOrderWhileTheStepErases() throws IOException {
    all().erase(() -> events.add("step"));
    assertThat(events).isEqualTo(nested("erasing ", "step"));
  }

  @Test
  void allAreHeldInTheirOrderWhileTheStoreMoves() throws IOException {
    all().move(() -> events.add("step"));
    assertThat(events).isEqualTo(nested("moving ", "step"));
  }

  @Test
  void aStepThatFailsFreesAll() {
    assertThatThrownBy(
            () ->
                all()
                    .erase(
                        () -> {
                          throw new IOException("disk full");
                        }))
        .hasMessage("disk full");
    assertThat(events).last().isEqualTo("free " + ResetOrder.values()[0].name());
    assertThat(events).hasSize(2 * ResetOrder.values().length);
  }

  @Test
  void whoAsksTheJournalWhileItIsLockedIsLockedBefore() {
    assertThat(ResetOrder.OUTBOX).isLessThan(ResetOrder.JOURNAL);
  }

  @Test
  void listenersOfOtherBundlesAreToldOfUpgradesWhileNothingIsLocked() {
    assertThat(ResetOrder.values()[0]).isEqualTo(ResetOrder.UPGRADES);
  }
}
