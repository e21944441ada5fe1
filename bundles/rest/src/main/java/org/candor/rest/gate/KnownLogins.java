package org.candor.rest.gate;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who has signed in before, so that it is not slowed down when others guess: credentials by their
 * HMAC under a key of this process, and users by their address. In memory only. Nobody is let in
 * for it: the realm is asked each time. Thread-safe.
 */
final class KnownLogins {

  private static final int MOST = 1000;
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;
  private final Set<String> known =
      Collections.newSetFromMap(
          Collections.synchronizedMap(
              new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  KnownLogins() {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, HMAC);
  }

  /** Whether the realm has taken exactly these before. */
  boolean has(String realm, BasicCredentials credentials) {
    return known.contains(print(realm, credentials));
  }

  /** Whether this user has signed in from this address before. */
  boolean has(String realm, String user, String address) {
    return known.contains(place(realm, user, address));
  }

  /** The realm has taken them. */
  void add(String realm, BasicCredentials credentials, String address) {
    known.add(print(realm, credentials));
    known.add(place(realm, credentials.user(), address));
  }

  /** The realm takes them no more. */
  void remove(String realm, BasicCredentials credentials) {
    known.remove(print(realm, credentials));
  }

  private static String place(String realm, String user, String address) {
    return realm + ' ' + address + ' ' + user;
  }

  private String print(String realm, BasicCredentials credentials) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      String text = realm + '\0' + credentials.user() + '\0' + credentials.password();
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }
}
