package org.candor.core.journal;

import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.control.EntryProof;
import org.candor.control.Journal.Head;
import org.candor.core.merkle.InclusionPath;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.TreeHash;
import org.candor.core.merkle.TreeNode;

/** Inclusion proof of an entry from what the log holds, as it passes by. Not thread-safe. */
final class EntryReader {

  private final long number;
  private final InclusionPath path;
  private Optional<Bytes> line = Optional.empty();

  /**
   * @param number of the entry
   */
  EntryReader(long number) {
    this.number = number;
    this.path = new InclusionPath(number - 1);
  }

  /** What comes next. */
  void step(LogItem item) {
    if (item instanceof LogItem.Kept entry) {
      if (entry.number() == number) {
        line = Optional.of(Bytes.copyOf(entry.line()));
      }
      path.add(TreeNode.leaf(entry.number() - 1, TreeHash.ofLeaf(entry.line())));
    } else if (item instanceof LogItem.Gone gone) {
      gone.range().run().nodes().forEach(path::add);
    } else if (item instanceof LogItem.Missing missing) {
      NodeRun.standingFor(missing.from() - 1, missing.to(), TreeHash.LOST)
          .nodes()
          .forEach(path::add);
    }
  }

  /** The proof for the tree of what passed by; empty when the entry was not among it. */
  Optional<EntryProof> proof() {
    Head head = new Head(path.tree().end(), path.tree().root().hex());
    return line.flatMap(
        entry ->
            path.hashes()
                .map(
                    hashes ->
                        new EntryProof(
                            entry, number, head, hashes.stream().map(TreeHash::hex).toList())));
  }
}
