package org.candor.core.journal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.candor.control.Journal.Head;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.TreeHash;
import org.candor.core.merkle.TreeNode;

/**
 * State of the log after its last entry, kept apart from the entries so that a changed or missing
 * one shows.
 *
 * @param last digest of the newest line, which the next one names
 * @param tree of all entries
 * @param before number and digest of the last entry of the time before there was a tree, whose
 *     digests people may have noted
 */
record TreeState(String last, NodeRun tree, Optional<Head> before) {

  private static final byte KIND = 'S';

  /** Of an empty journal. */
  static TreeState empty() {
    return new TreeState(Entries.START, new NodeRun(0), Optional.empty());
  }

  /** Number of the newest entry. */
  long number() {
    return tree.end();
  }

  /** Number of entries and root of the tree. */
  Head head() {
    return new Head(tree.end(), tree.root().hex());
  }

  /** On disk. */
  byte[] encode() {
    List<TreeNode> nodes = tree.nodes();
    Head chain = before.orElse(new Head(0, Entries.START));
    ByteBuffer buffer =
        ByteBuffer.allocate(
                1 + Long.BYTES + 2 * TreeHash.LENGTH + nodes.size() * (1 + TreeHash.LENGTH))
            .put(KIND)
            .put(TreeHash.of(last).bytes().toArray())
            .putLong(chain.number())
            .put(TreeHash.of(chain.digest()).bytes().toArray());
    nodes.forEach(node -> buffer.put((byte) node.level()).put(node.hash().bytes().toArray()));
    return buffer.array();
  }

  /** What {@link #encode} wrote; empty when it is something else. */
  static Optional<TreeState> decode(byte[] content) {
    int begins = 1 + Long.BYTES + 2 * TreeHash.LENGTH;
    if (content.length < begins
        || content[0] != KIND
        || (content.length - begins) % (1 + TreeHash.LENGTH) != 0) {
      return Optional.empty();
    }
    NodeRun tree = new NodeRun(0);
    try {
      for (int at = begins; at < content.length; at += 1 + TreeHash.LENGTH) {
        tree.add(
            new TreeNode(content[at], tree.end() >> content[at], TreeHash.at(content, at + 1)));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    long number = ByteBuffer.wrap(content).getLong(1 + TreeHash.LENGTH);
    String digest = TreeHash.at(content, 1 + TreeHash.LENGTH + Long.BYTES).hex();
    return Optional.of(
        new TreeState(
            TreeHash.at(content, 1).hex(),
            tree,
            number == 0 ? Optional.empty() : Optional.of(new Head(number, digest))));
  }
}
