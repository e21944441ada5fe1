package org.candor.console.asset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.candor.api.Bytes;

/**
 * Static file as it is served.
 *
 * @param mediaType the value of {@code Content-Type}
 * @param plain its content
 * @param gzip the same, compressed
 * @param tag tells one content from another; without quotes
 */
record Asset(String mediaType, Bytes plain, Bytes gzip, String tag) {

  private static final int TAG_BYTES = 12;

  static Asset of(String file, byte[] content) throws IOException {
    return new Asset(
        MediaType.of(file), Bytes.copyOf(content), Bytes.copyOf(compress(content)), tag(content));
  }

  private static byte[] compress(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
