package org.candor.core.journal;

import java.util.Optional;
import org.candor.core.store.RecordFrame;
import org.candor.core.store.StoreFile;
import org.h2.mvstore.MVMap;

/** Table of one row: the state of the log in the open file. Commits nothing itself. */
final class StateTable {

  private static final long ONLY = 0;

  private final StoreFile file;

  StateTable(StoreFile file) {
    this.file = file;
  }

  /** Empty when there is none, or a damaged one. */
  Optional<TreeState> read() {
    return Optional.ofNullable(map().get(ONLY))
        .flatMap(RecordFrame::unwrap)
        .flatMap(TreeState::decode);
  }

  void write(TreeState state) {
    map().put(ONLY, RecordFrame.wrap(state.encode()));
  }

  /** Whether it is not damaged; of an earlier version there is none. */
  boolean isWhole() {
    return !map().containsKey(ONLY) || read().isPresent();
  }

  private MVMap<Long, byte[]> map() {
    return file.numbered("state");
  }
}
