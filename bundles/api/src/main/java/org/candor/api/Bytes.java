package org.candor.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of bytes. */
public final class Bytes {

  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  /** Made when first asked for; whoever else makes it at the same time makes the same. */
  private Bytes gzip;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes empty() {
    return EMPTY;
  }

  /** A copy of the given bytes. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The UTF-8 encoding of the given text. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public int size() {
    return content.length;
  }

  /** A copy that the caller may change. */
  public byte[] toArray() {
    return content.clone();
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(content);
  }

  /** The bytes read as UTF-8; malformed input shows as U+FFFD. */
  public String utf8() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** These bytes compressed, quickly rather than well, in gzip's format; made once and kept. */
  public Bytes gzip() {
    Bytes made = gzip;
    if (made == null) {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 8 + 64);
      try (QuickGzip out = new QuickGzip(compressed)) {
        out.write(content);
      } catch (IOException e) {
        throw new UncheckedIOException("memory does no I/O", e);
      }
      made = new Bytes(compressed.toByteArray());
      gzip = made;
    }
    return made;
  }

  /** The SHA-256 digest in lower-case hexadecimal. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
