package org.candor.core.journal;

import java.util.List;
import java.util.Optional;
import org.candor.control.Journal.Continuity;
import org.candor.control.Journal.Head;
import org.candor.control.NotedHead;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.TreeHash;
import org.candor.core.merkle.TreeNode;

/**
 * Tamper detection: computes the tree again from the entries and from the hashes of those that
 * went, holds it against the head, and names the first entry that does not fit. Where an entry does
 * not name the digest of the one before it, one of the two was changed: the second when what
 * follows does not name its digest either, else the first. Not thread-safe.
 */
final class LogVerifier {

  private record Step(String name, String digest) {}

  private final NodeRun tree = new NodeRun(0);
  private final Optional<NotedHead> noted;
  private Optional<String> broken = Optional.empty();
  private Optional<Step> doubted = Optional.empty();
  private Optional<Step> last = Optional.of(new Step("#0", Entries.START));
  private Optional<TreeHash> rootThen = Optional.empty();
  private boolean seen;
  private long gone;
  private long kept;

  /**
   * @param noted a head that somebody noted, if it is about one
   */
  LogVerifier(Optional<NotedHead> noted) {
    this.noted = noted;
    look(Entries.START);
  }

  /** What comes next. */
  void step(LogItem item) {
    if (item instanceof LogItem.Kept entry) {
      step(entry);
    } else if (item instanceof LogItem.Gone pruned) {
      step(pruned.range());
    } else if (item instanceof LogItem.Missing missing) {
      miss(missing.from(), NodeRun.standingFor(missing.from() - 1, missing.to(), TreeHash.LOST));
    }
    if (noted.isPresent() && noted.get().size() == tree.end()) {
      rootThen = Optional.of(tree.root());
    }
  }

  private void step(LogItem.Kept entry) {
    Optional<ChainLink> link = LineCodec.decode(entry.line());
    String name = link.map(found -> found.entry().id()).orElse("#" + entry.number());
    String previous = link.map(ChainLink::previous).orElse("");
    decide(previous);
    if (broken.isEmpty()) {
      if (link.filter(found -> found.number() == entry.number()).isEmpty()
          || !entry.carriesWhatItSays()) {
        broken = Optional.of(name);
      } else if (last.filter(before -> !before.digest.equals(previous)).isPresent()) {
        doubted = last;
      }
    }
    last = Optional.of(new Step(name, Entries.digest(entry.line())));
    look(previous);
    look(last.get().digest);
    kept++;
    tree.add(TreeHash.ofLeaf(entry.line()));
  }

  private void step(PrunedRange range) {
    if (range.isLost()) {
      miss(range.from(), range.run());
      return;
    }
    decide("");
    last = Optional.empty();
    gone += range.to() - range.from() + 1;
    tree.add(range.run());
  }

  private void miss(long from, NodeRun lost) {
    decide("");
    broken = broken.or(() -> Optional.of("#" + from));
    last = Optional.empty();
    tree.add(lost);
  }

  private void look(String digest) {
    seen |= noted.filter(head -> head.isOfTheChain() && head.digest().equals(digest)).isPresent();
  }

  private void decide(String previous) {
    if (broken.isEmpty() && doubted.isPresent() && last.isPresent()) {
      boolean vouched = previous.equals(last.get().digest) && !doubted.get().name.startsWith("#");
      broken = Optional.of((vouched ? doubted : last).get().name);
    }
  }

  /** How many entries passed by. */
  long kept() {
    return kept;
  }

  /** How many entries had gone. */
  long gone() {
    return gone;
  }

  /**
   * The first that does not fit; empty when all do.
   *
   * @param state what the log should be
   */
  Optional<String> end(TreeState state) {
    decide(state.last());
    if (broken.isEmpty() && state.number() != tree.end()) {
      broken = Optional.of("#" + (Math.min(state.number(), tree.end()) + 1));
    } else if (broken.isEmpty()
        && last.filter(newest -> !newest.digest.equals(state.last())).isPresent()) {
      broken = last.map(Step::name);
    } else if (broken.isEmpty()) {
      broken = firstDifference(state.tree().nodes());
    }
    return broken;
  }

  /** Where nothing kept shows which entry it is, the part of the tree that it is in. */
  private Optional<String> firstDifference(List<TreeNode> expected) {
    List<TreeNode> found = tree.nodes();
    for (int i = 0; i < expected.size(); i++) {
      TreeNode node = expected.get(i);
      if (i >= found.size() || !found.get(i).equals(node)) {
        String from = "#" + (node.first() + 1);
        return Optional.of(node.level() == 0 ? from : from + "-#" + node.end());
      }
    }
    return Optional.empty();
  }

  /**
   * What it is to the noted head, once {@link #end} was called.
   *
   * @param state what the log should be
   */
  Optional<Continuity> continuity(TreeState state) {
    return noted.map(head -> head.isOfTheChain() ? ofTheChain(head, state) : ofTheTree(head));
  }

  private Continuity ofTheTree(NotedHead head) {
    if (head.size() > tree.end()) {
      return Continuity.DIFFERS;
    }
    return rootThen
        .map(root -> root.hex().equals(head.digest()) ? Continuity.CONTINUES : Continuity.DIFFERS)
        .orElse(Continuity.NOT_KEPT);
  }

  private Continuity ofTheChain(NotedHead head, TreeState state) {
    if (seen || state.before().map(Head::digest).filter(head.digest()::equals).isPresent()) {
      return Continuity.CONTINUES;
    }
    return gone > 0 ? Continuity.NOT_KEPT : Continuity.DIFFERS;
  }
}
