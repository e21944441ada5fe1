package org.candor.itest.fields;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Secrets that all hold one random word, so that the word, in whatever encoding, gives any of them
 * away; and how such secrets look like in the wild.
 */
final class Secrets {

  private static final String LETTERS = "bcdfghjkmpqrtvwxz";
  private static final int LENGTH = 11;

  private final String word;
  private final Set<String> needles = new HashSet<>();
  private final RandomGenerator random;

  Secrets(RandomGenerator random) {
    this.random = random;
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    word = letters.toString();
    for (String spelling : List.of(word, word.toUpperCase(Locale.ROOT))) {
      needles.add(spelling.toLowerCase(Locale.ROOT));
      byte[] bytes = spelling.getBytes(StandardCharsets.US_ASCII);
      needles.add(HexFormat.of().formatHex(bytes));
      needles.add(HexFormat.of().withPrefix("%").formatHex(bytes));
      needles.add(HexFormat.of().withPrefix("\\u00").formatHex(bytes));
      for (int shift = 0; shift < 3; shift++) {
        needles.add(base64(bytes, shift));
      }
    }
  }

  // The digits in the middle, which no neighbour has a part in.
  private static String base64(byte[] bytes, int shift) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    return all.substring((shift * 8 + 5) / 6, all.length() - 1).toLowerCase(Locale.ROOT);
  }

  /** What of the secrets is in the text; empty when nothing is. */
  Optional<String> foundIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return needles.stream()
        .filter(lower::contains)
        .findFirst()
        .map(
            needle -> {
              int at = lower.indexOf(needle);
              return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80));
            });
  }

  /** The name of this machine. */
  String host() {
    return word + "-db";
  }

  /** The account's name. */
  String account() {
    return "u" + word;
  }

  /** A secret alone, as it stands in a fact that no channel may send. */
  String bare() {
    return switch (random.nextInt(4)) {
      case 0 -> "SECRET-" + word;
      case 1 -> word.toUpperCase(Locale.ROOT) + random.nextInt(1000);
      case 2 -> "x" + word + "@" + word + ".example.com";
      default -> "/home/" + word;
    };
  }

  /** A secret as exceptions and logs spell it. */
  String inTheWild() {
    String s = random.nextInt(4) == 0 ? word.toUpperCase(Locale.ROOT) : word;
    int n = random.nextInt(10, 100);
    return switch (random.nextInt(34)) {
      case 0 -> "/home/" + s + "/.ssh/id_rsa";
      case 1 -> "~" + s + "/notes.txt";
      case 2 -> "~/" + s + "/notes.txt";
      case 3 -> "C:\\Users\\" + s + "\\Desktop";
      case 4 -> "\\\\" + s + "\\share\\" + s;
      case 5 -> "file:///srv/" + s + "/x";
      case 6 -> "https://user:" + s + "@api." + s + ".com/v1?key=" + s + "#" + s;
      case 7 -> "jdbc:postgresql://" + s + ".internal/prod?password=" + s;
      case 8 -> s + "." + n + "+x@mail." + s + ".org";
      case 9 -> s + "@localhost";
      case 10 -> "password=" + s;
      case 11 -> "passwd: \"" + s + " " + s + "\"";
      case 12 -> "AWS_SECRET_ACCESS_KEY=" + s;
      case 13 -> "export DB_PASSWORD='" + s + " horse " + s + "'";
      case 14 -> "{\"api_key\": \"" + s + "\"}";
      case 15 -> "Authorization: Bearer " + s + "." + n;
      case 16 -> "proxy-authorization: basic " + s + "==";
      case 17 -> "token " + s;
      case 18 -> "the secret is " + s + ", alas";
      case 19 -> "eyJhbGciOi" + n + "." + s + ".sig";
      case 20 -> "AKIA" + s.toUpperCase(Locale.ROOT) + n;
      case 21 -> "ghp_" + s + n + "abc";
      case 22 -> "glpat-" + s + n;
      case 23 -> s + ".acme.internal";
      case 24 -> s + ":" + (1000 + n);
      case 25 -> "db-" + n + "." + s + ".corp:5432";
      case 26 -> host();
      case 27 -> account();
      case 28 -> "key " + s + n + s + "abcdef0123";
      case 29 -> "-----BEGIN PRIVATE KEY-----\n" + s + "\n" + s + "\n-----END PRIVATE KEY-----";
      case 30 -> "SESSION_ID=" + s;
      case 31 -> "cookie: " + s + "=1";
      case 32 -> "smb://" + s + "/share";
      default -> "credentials=" + s;
    };
  }
}
