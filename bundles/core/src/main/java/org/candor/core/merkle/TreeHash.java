package org.candor.core.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.candor.api.Bytes;

/**
 * Merkle tree hash: SHA-256 of a leaf or of two nodes, told apart by the byte before (RFC 9162,
 * section 2.1.1). Immutable.
 */
public final class TreeHash {

  /** How many bytes each has. */
  public static final int LENGTH = 32;

  /** What stands for a subtree that was lost, and which nothing has as its hash. */
  public static final TreeHash LOST = new TreeHash(new byte[LENGTH]);

  /** Of a tree without leaves. */
  public static final TreeHash EMPTY = new TreeHash(sha256().digest());

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final byte[] hash;

  private TreeHash(byte[] hash) {
    this.hash = hash;
  }

  /** Of a leaf: SHA-256(0x00 || entry). */
  public static TreeHash ofLeaf(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update(LEAF);
    return new TreeHash(digest.digest(entry));
  }

  /** Of a node: SHA-256(0x01 || left || right). */
  public static TreeHash ofNode(TreeHash left, TreeHash right) {
    MessageDigest digest = sha256();
    digest.update(NODE);
    digest.update(left.hash);
    return new TreeHash(digest.digest(right.hash));
  }

  /** The one that stands in bytes at a position. */
  public static TreeHash at(byte[] bytes, int position) {
    return new TreeHash(Arrays.copyOfRange(bytes, position, position + LENGTH));
  }

  /**
   * The one that is written as 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static TreeHash of(String hex) {
    byte[] hash = HexFormat.of().parseHex(hex);
    if (hash.length != LENGTH) {
      throw new IllegalArgumentException(hex);
    }
    return new TreeHash(hash);
  }

  public Bytes bytes() {
    return Bytes.copyOf(hash);
  }

  /** In lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(hash);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeHash that && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return hex();
  }
}
