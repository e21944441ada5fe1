package org.candor.core.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Identity state: what Candor keeps of an installation's identity: which id is in force under each
 * name, wherever it came from; which were retired, as digests; where this installation is; and
 * since when it is a copy. Immutable.
 */
record Ids(SortedMap<String, String> values) {

  static final Ids NONE = new Ids(new TreeMap<>());

  private static final String RETIRED = "retired.";
  private static final String COPIED = "copied";

  /** 128 bits, as 32 hexadecimal digits. */
  private static final int DIGEST_SIZE = 16;

  /** The id in force under this name; empty when there never was one. */
  Optional<String> inForce(String key) {
    return Optional.ofNullable(values.get(key)).filter(id -> !id.isEmpty());
  }

  Ids withInForce(String key, String id) {
    return with(key, id);
  }

  /** Whether this id was given up, so that it does not count although the owner's file names it. */
  boolean isRetired(String key, String id) {
    return retired(key).anyMatch(digest(id)::equals);
  }

  boolean hasRetired(String key) {
    return values.containsKey(RETIRED + key);
  }

  /** Has an id count no more, until the owner's file names another. */
  Ids withRetired(String key, String id) {
    return with(
        RETIRED + key,
        Stream.concat(retired(key), Stream.of(digest(id)))
            .distinct()
            .collect(Collectors.joining(" ")));
  }

  /** The owner's file names another. */
  Ids withoutRetired(String key) {
    return without(RETIRED + key);
  }

  private Stream<String> retired(String key) {
    return Arrays.stream(values.getOrDefault(RETIRED + key, "").split(" "));
  }

  /** Where this was kept; nothing is known in what an earlier build left. */
  InstallationLocation place() {
    return InstallationLocation.of(values);
  }

  Ids at(InstallationLocation place) {
    SortedMap<String, String> next = new TreeMap<>(values);
    next.putAll(place.values());
    return new Ids(next);
  }

  Optional<Instant> copied() {
    try {
      return Optional.ofNullable(values.get(COPIED)).map(Instant::parse);
    } catch (DateTimeParseException e) {
      // Somebody edited it. The stricter reading: the whole grace period from now on.
      return Optional.of(Instant.now());
    }
  }

  Ids withCopied(Instant at) {
    return with(COPIED, at.toString());
  }

  /** What an image may hold: no ids and no place. */
  Ids anywhere() {
    SortedMap<String, String> next = new TreeMap<>(values);
    next.keySet().removeAll(InstallationLocation.KEYS);
    return new Ids(next);
  }

  Ids without(String key) {
    SortedMap<String, String> next = new TreeMap<>(values);
    next.remove(key);
    return new Ids(next);
  }

  private Ids with(String key, String value) {
    SortedMap<String, String> next = new TreeMap<>(values);
    next.putAll(Map.of(key, value));
    return new Ids(next);
  }

  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_SIZE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
