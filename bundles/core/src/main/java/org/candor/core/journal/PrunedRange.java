package org.candor.core.journal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.candor.core.merkle.NodeRun;
import org.candor.core.merkle.TreeHash;
import org.candor.core.merkle.TreeNode;

/**
 * Pruned range: entries that went, of which the hashes of the largest complete subtrees stay.
 *
 * @param run the places of the entries, which are their numbers less one
 */
record PrunedRange(NodeRun run) {

  private static final byte KIND = 'G';
  private static final int HEAD = 1 + 2 * Long.BYTES;

  /** Number of the first entry that went. */
  long from() {
    return run.first() + 1;
  }

  /** Number of the last entry that went. */
  long to() {
    return run.end();
  }

  /** Whether some went against anybody's will, so that not even a hash of them stays. */
  boolean isLost() {
    return run.nodes().stream().anyMatch(TreeNode::isLost);
  }

  /** On disk. */
  byte[] encode() {
    List<TreeNode> nodes = run.nodes();
    ByteBuffer buffer =
        ByteBuffer.allocate(HEAD + nodes.size() * (1 + TreeHash.LENGTH))
            .put(KIND)
            .putLong(run.first())
            .putLong(run.end());
    nodes.forEach(node -> buffer.put((byte) node.level()).put(node.hash().bytes().toArray()));
    return buffer.array();
  }

  /** What {@link #encode} wrote; empty when it is something else. */
  static Optional<PrunedRange> decode(byte[] content) {
    if (content.length <= HEAD
        || content[0] != KIND
        || (content.length - HEAD) % (1 + TreeHash.LENGTH) != 0) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(content, 1, HEAD - 1);
    NodeRun run = new NodeRun(buffer.getLong());
    long end = buffer.getLong();
    try {
      for (int at = HEAD; at < content.length; at += 1 + TreeHash.LENGTH) {
        run.add(new TreeNode(content[at], run.end() >> content[at], TreeHash.at(content, at + 1)));
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return run.end() == end ? Optional.of(new PrunedRange(run)) : Optional.empty();
  }

  /** In an export: one line of JSON, {@code number} and {@code to} the first and the last. */
  byte[] line() {
    JsonObject json = new JsonObject();
    json.addProperty("number", from());
    json.addProperty("kind", "pruned");
    json.addProperty("to", to());
    JsonArray nodes = new JsonArray();
    run.nodes().forEach(node -> nodes.add(node.hash().hex()));
    json.add("nodes", nodes);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
