package org.candor.core.outbox;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.candor.api.sink.BatchLimit;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.journal.ChainedJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An outbox and its journal in a folder of their own, open for each test. */
abstract class OpenOutbox {

  static final UnaryOperator<ChannelMemory> SAME = UnaryOperator.identity();
  static final BatchLimit ALL = new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE);

  @TempDir Path directory;
  final MovableClock clock = new MovableClock();
  StoreFixture store;
  ChainedJournal journal;
  Outbox outbox;

  @BeforeEach
  void open() {
    store = new StoreFixture(directory);
    reopen();
  }

  /** As after a restart. */
  void reopen() {
    journal = new ChainedJournal(store.store(), clock);
    outbox = new Outbox(store.store(), journal, clock);
  }

  @AfterEach
  void close() {
    outbox.close();
    journal.close();
  }

  Path outboxFile() {
    return directory.resolve(Outbox.FILE);
  }
}
