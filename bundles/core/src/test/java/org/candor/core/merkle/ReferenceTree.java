package org.candor.core.merkle;

import java.util.ArrayList;
import java.util.List;

/** RFC 9162, sections 2.1.1 to 2.1.3, word by word and slow. */
public final class ReferenceTree {

  private ReferenceTree() {}

  /** The Merkle Tree Hash of a list of entries. */
  public static TreeHash root(List<byte[]> entries) {
    if (entries.isEmpty()) {
      return TreeHash.EMPTY;
    }
    if (entries.size() == 1) {
      return TreeHash.ofLeaf(entries.get(0));
    }
    int k = split(entries.size());
    return TreeHash.ofNode(root(entries.subList(0, k)), root(entries.subList(k, entries.size())));
  }

  /** The inclusion path of an entry. */
  public static List<TreeHash> path(int m, List<byte[]> entries) {
    if (entries.size() == 1) {
      return List.of();
    }
    int k = split(entries.size());
    List<byte[]> left = entries.subList(0, k);
    List<byte[]> right = entries.subList(k, entries.size());
    List<TreeHash> path = new ArrayList<>(m < k ? path(m, left) : path(m - k, right));
    path.add(root(m < k ? right : left));
    return path;
  }

  /** Whether a path leads to the root. */
  public static boolean verifies(
      TreeHash leaf, long index, long size, List<TreeHash> path, TreeHash root) {
    long fn = index;
    long sn = size - 1;
    TreeHash r = leaf;
    for (TreeHash p : path) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        r = TreeHash.ofNode(p, r);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        r = TreeHash.ofNode(r, p);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && r.equals(root);
  }

  private static int split(int n) {
    return Integer.highestOneBit(n - 1);
  }
}
