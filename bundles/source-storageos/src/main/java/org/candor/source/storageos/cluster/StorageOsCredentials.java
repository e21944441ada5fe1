package org.candor.source.storageos.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Credentials: whom to ask as. Never shown. */
public record StorageOsCredentials(String username, String password) {

  /** The value of the header {@code Authorization} that carries them (RFC 7617). */
  public String basic() {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
