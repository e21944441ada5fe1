package org.candor.core.merkle;

/**
 * Node of a Merkle tree that is complete: it has 2^level leaves, which are never changed.
 *
 * @param level 0 for a leaf
 * @param index of its kind, from 0: its leaves begin at {@code index << level}
 */
public record TreeNode(int level, long index, TreeHash hash) {

  /** The leaf with this place. */
  public static TreeNode leaf(long index, TreeHash hash) {
    return new TreeNode(0, index, hash);
  }

  /** Place of its first leaf. */
  public long first() {
    return index << level;
  }

  /** Place after its last leaf. */
  public long end() {
    return index + 1 << level;
  }

  /** Whether the hash stands for what nobody knows. */
  public boolean isLost() {
    return hash.equals(TreeHash.LOST);
  }

  /** Whether the other is its right sibling, and both are known. */
  boolean goesWith(TreeNode other) {
    return level == other.level
        && (index & 1) == 0
        && other.index == index + 1
        // What is lost is never hidden inside of a node that seems to be there.
        && !isLost()
        && !other.isLost();
  }

  TreeNode with(TreeNode right) {
    return new TreeNode(level + 1, index >> 1, TreeHash.ofNode(hash, right.hash));
  }
}
