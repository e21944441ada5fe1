package org.candor.core.reset;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.candor.core.store.IoAction;
import org.candor.core.store.Resettable;

/**
 * Lock hierarchy: runs a step while all participants of a reset hold still, locked in their order,
 * whatever order they came in.
 */
final class LockHierarchy {

  /** Innermost first, as steps are nested. */
  private final List<Resettable> innermostFirst;

  LockHierarchy(Collection<Resettable> participants) {
    this.innermostFirst =
        participants.stream().sorted(Comparator.comparing(Resettable::order).reversed()).toList();
  }

  /** Runs a step that erases what all of them keep. */
  void erase(IoAction step) throws IOException {
    nested(Resettable::erasing, step).run();
  }

  /** Runs a step after which the store is elsewhere. */
  void move(IoAction step) throws IOException {
    nested(Resettable::moving, step).run();
  }

  private interface Hold {
    void during(Resettable participant, IoAction step) throws IOException;
  }

  private IoAction nested(Hold hold, IoAction step) {
    IoAction all = step;
    for (Resettable participant : innermostFirst) {
      IoAction inner = all;
      all = () -> hold.during(participant, inner);
    }
    return all;
  }
}
