package org.candor.core.journal;

import java.util.Map;
import java.util.Optional;
import org.candor.control.Journal.Head;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.TreeHash;
import org.candor.core.store.StoreFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migration of a journal that was a hash chain without a tree: its entries become the first leaves,
 * in their order. For those that had gone the digest stands that their successor names.
 */
final class TreeMigration {

  private static final Logger log = LoggerFactory.getLogger(TreeMigration.class);

  /** Where the chain's ends were noted: what the newest entry should be, and the last that went. */
  private static final String ENDS = "head";

  private static final String LAST = "last";
  private static final String GONE = "gone";

  private final StoreFile file;

  TreeMigration(StoreFile file) {
    this.file = file;
  }

  /** Whether the open file holds a chain without a tree. */
  boolean isDue() {
    return new StateTable(file).read().isEmpty()
        && (new Entries(file).count() > 0 || !file.named(ENDS).isEmpty());
  }

  /** Makes the tree. The caller commits. */
  void run() {
    Map<String, String> ends = file.named(ENDS);
    Ledger ledger = new Ledger(file);
    Entries entries = new Entries(file);
    end(ends.get(GONE)).ifPresent(gone -> skipGone(ledger, gone));
    for (Optional<Long> number = entries.first();
        number.isPresent();
        number = entries.from(number.get() + 1)) {
      lose(ledger, number.get() - 1, Entries.START);
      ledger.keep(number.get(), entries.line(number.get()));
    }
    Head last =
        end(ends.get(LAST))
            .orElseGet(() -> new Head(ledger.state().number(), ledger.state().last()));
    lose(ledger, last.number(), last.digest());
    ledger.become(new TreeState(last.digest(), ledger.state().tree(), Optional.of(last)));
    ends.clear();
    log.info(
        "{} is a Merkle log from now on, with its {} entries as the first leaves. Heads that were"
            + " noted before are still understood.",
        file.path(),
        ledger.state().number());
  }

  /** Has the tree begin with entries of which no more is known than a digest of the last. */
  static void skipGone(Ledger ledger, Head gone) {
    if (gone.number() > 0) {
      ledger.skip(NodeRun.standingFor(0, gone.number(), TreeHash.of(gone.digest())), gone.digest());
    }
  }

  /** Has the tree go on behind entries that are missing, which shows for good. */
  static void lose(Ledger ledger, long upTo, String last) {
    long known = ledger.state().number();
    if (upTo > known) {
      ledger.skip(NodeRun.standingFor(known, upTo, TreeHash.LOST), last);
    }
  }

  private static Optional<Head> end(String noted) {
    return Optional.ofNullable(noted)
        .filter(text -> text.matches("\\d{1,18} [0-9a-f]{64}"))
        .map(text -> text.split(" "))
        .map(parts -> new Head(Long.parseLong(parts[0]), parts[1]));
  }
}
