package org.candor.core.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Run of leaves without a gap, as the largest complete nodes that it has room for. Those of a run
 * from 0 are the peaks of its tree. Not thread-safe.
 */
public final class NodeRun {

  private final long first;
  private final List<TreeNode> nodes = new ArrayList<>();
  private final Consumer<TreeNode> made;
  private long end;

  /** An empty run. */
  public NodeRun(long first) {
    this(first, node -> {});
  }

  /**
   * An empty run.
   *
   * @param made gets each node that is added or comes about
   */
  public NodeRun(long first, Consumer<TreeNode> made) {
    this.first = first;
    this.end = first;
    this.made = made;
  }

  /**
   * The levels of the largest complete nodes between two places, from left to right.
   *
   * @param first place of the first leaf
   * @param end place after the last
   */
  public static List<Integer> levels(long first, long end) {
    List<Integer> levels = new ArrayList<>();
    long place = first;
    while (place < end) {
      int most = Long.SIZE - 1 - Long.numberOfLeadingZeros(end - place);
      int level = place == 0 ? most : Math.min(most, Long.numberOfTrailingZeros(place));
      levels.add(level);
      place += 1L << level;
    }
    return levels;
  }

  /** The run between two places in which one hash stands for each of the largest nodes. */
  public static NodeRun standingFor(long first, long end, TreeHash hash) {
    NodeRun run = new NodeRun(first);
    for (int level : levels(first, end)) {
      run.add(new TreeNode(level, run.end >> level, hash));
    }
    return run;
  }

  /** Place of the first leaf. */
  public long first() {
    return first;
  }

  /** Place after the last leaf. */
  public long end() {
    return end;
  }

  /** Its nodes, from left to right. */
  public List<TreeNode> nodes() {
    return List.copyOf(nodes);
  }

  /**
   * Adds a node at the end.
   *
   * @throws IllegalArgumentException when its place is another
   */
  public void add(TreeNode node) {
    if (node.first() != end) {
      throw new IllegalArgumentException(node + " does not follow at " + end);
    }
    end = node.end();
    TreeNode last = node;
    made.accept(last);
    while (!nodes.isEmpty() && nodes.get(nodes.size() - 1).goesWith(last)) {
      last = nodes.remove(nodes.size() - 1).with(last);
      made.accept(last);
    }
    nodes.add(last);
  }

  /** Adds a leaf at the end. */
  public void add(TreeHash leaf) {
    add(TreeNode.leaf(end, leaf));
  }

  /** Adds another run at the end. */
  public void add(NodeRun next) {
    next.nodes.forEach(this::add);
  }

  /**
   * Merkle tree hash of all leaves, when it begins at 0: the peaks folded from the right (RFC 9162,
   * section 2.1.1).
   */
  public TreeHash root() {
    return nodes.isEmpty() ? TreeHash.EMPTY : foldedFrom(0);
  }

  /** The hash of the incomplete node that the peaks from this one on make. */
  TreeHash foldedFrom(int peak) {
    TreeHash folded = nodes.get(nodes.size() - 1).hash();
    for (int i = nodes.size() - 2; i >= peak; i--) {
      folded = TreeHash.ofNode(nodes.get(i).hash(), folded);
    }
    return folded;
  }
}
