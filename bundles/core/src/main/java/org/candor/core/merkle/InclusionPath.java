package org.candor.core.merkle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inclusion proof (RFC 9162, section 2.1.3): collects the nodes that lead from one leaf to the root
 * while the leaves pass by. Not thread-safe.
 */
public final class InclusionPath {

  private final long leaf;
  private final Map<Integer, TreeHash> siblings = new HashMap<>();
  private final NodeRun tree = new NodeRun(0, this::made);

  /**
   * @param leaf its place, from 0
   */
  public InclusionPath(long leaf) {
    this.leaf = leaf;
  }

  private void made(TreeNode node) {
    if (node.index() == (leaf >> node.level() ^ 1)) {
      siblings.put(node.level(), node.hash());
    }
  }

  /** Takes what comes next of the tree. */
  public void add(TreeNode node) {
    tree.add(node);
  }

  /** The tree of what has passed by. */
  public NodeRun tree() {
    return tree;
  }

  /** The hashes from the leaf upwards; empty when the leaf has not passed by as one. */
  public Optional<List<TreeHash>> hashes() {
    List<TreeNode> peaks = tree.nodes();
    for (int i = 0; i < peaks.size(); i++) {
      if (peaks.get(i).first() <= leaf && leaf < peaks.get(i).end()) {
        return hashes(peaks, i);
      }
    }
    return Optional.empty();
  }

  private Optional<List<TreeHash>> hashes(List<TreeNode> peaks, int own) {
    List<TreeHash> path = new ArrayList<>();
    for (int level = 0; level < peaks.get(own).level(); level++) {
      if (!siblings.containsKey(level)) {
        return Optional.empty();
      }
      path.add(siblings.get(level));
    }
    if (own + 1 < peaks.size()) {
      path.add(tree.foldedFrom(own + 1));
    }
    for (int i = own - 1; i >= 0; i--) {
      path.add(peaks.get(i).hash());
    }
    return Optional.of(path);
  }
}
