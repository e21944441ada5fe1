package org.candor.core.merkle;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Salvaged nodes of a Merkle tree, in any order: fills the places of leaves that are not there with
 * the largest nodes that are known. Not thread-safe.
 */
public final class NodeTable {

  private final NavigableMap<Long, Map<Integer, TreeNode>> byFirst = new TreeMap<>();

  /** Adds what is known. */
  public void add(NodeRun run) {
    run.nodes().stream().filter(node -> !node.isLost()).forEach(this::add);
  }

  private void add(TreeNode node) {
    byFirst.computeIfAbsent(node.first(), first -> new HashMap<>()).put(node.level(), node);
  }

  /** The leaves between two places; what is not known is {@link TreeHash#LOST}. */
  public NodeRun run(long first, long end) {
    NodeRun run = new NodeRun(first);
    for (int level : NodeRun.levels(first, end)) {
      fill(run, level, run.end() >> level);
    }
    return run;
  }

  private void fill(NodeRun run, int level, long index) {
    TreeNode lost = new TreeNode(level, index, TreeHash.LOST);
    Map<Integer, TreeNode> here = byFirst.getOrDefault(lost.first(), Map.of());
    if (here.containsKey(level)) {
      run.add(here.get(level));
    } else if (level == 0 || byFirst.subMap(lost.first(), lost.end()).isEmpty()) {
      run.add(lost);
    } else {
      fill(run, level - 1, index << 1);
      fill(run, level - 1, index << 1 | 1);
    }
  }
}
