package org.candor.format.dns.answer;

import java.time.Instant;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer as the text of one TXT record. This is its specification.
 *
 * <pre>
 * candor=1 product=storageos version=2.4.0 severity=recommended newest=2.5.0
 *   url=https://example.com/2.5.0 issued=2026-11-22T00:00:00Z expires=2027-02-20T00:00:00Z
 *   signature=…
 * </pre>
 *
 * <p>Tags and values, with spaces between (one line; the breaks are for reading). {@code candor=1}
 * comes first and tells the record from others of the same name; the other tags come in any order.
 * Values are percent-encoded. {@code version=*} is the default: it speaks of every version that is
 * not listed, its severity is that of a version older than {@code newest}, and all others are
 * {@code ok}. {@code url} may be absent. Times are UTC as in RFC 3339.
 *
 * <p>A reader takes tags in any case, semicolons as spaces, any number of them, and tags that it
 * does not know; of a tag that comes twice the first counts. The strings of a TXT record are put
 * together without anything between.
 *
 * <p>The signature is Ed25519 (RFC 8032) over {@link #signed}, its 64 bytes in base64url without
 * padding. It covers what the values say and not how they are spelled.
 */
public final class AnswerText {

  /** The longest text, so that the whole answer fits into 1232 bytes, with a few to spare. */
  public static final int LONGEST = 800;

  /** Stands for every version that is not listed; percent-encoding spares a real asterisk. */
  static final String ANY_VERSION = "*";

  private AnswerText() {}

  /** Text for a TXT record, in printable ASCII without quotes and backslashes. */
  public static String write(VendorAnswer answer, byte[] signature) {
    return Stream.of(
            "candor=1",
            tag(Tag.PRODUCT, Percent.encode(answer.product())),
            tag(Tag.VERSION, version(answer)),
            tag(Tag.SEVERITY, answer.urgency().word()),
            tag(Tag.NEWEST, Percent.encode(answer.newest())),
            answer.url().isEmpty() ? "" : tag(Tag.URL, Percent.encode(answer.url())),
            tag(Tag.ISSUED, answer.issuedAt().toString()),
            tag(Tag.EXPIRES, answer.expiresAt().toString()),
            tag(Tag.SIGNATURE, Base64.getUrlEncoder().withoutPadding().encodeToString(signature)))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /**
   * What is signed: eight lines of ASCII, each with a line feed at its end.
   *
   * <pre>
   * candor-upgrade-answer-1
   * product=…
   * version=…
   * severity=…
   * newest=…
   * url=…
   * issued=…
   * expires=…
   * </pre>
   *
   * <p>Values as {@link #write} spells them; an absent {@code url} is empty; times as {@link
   * Instant#toString} writes them.
   */
  public static String signed(VendorAnswer answer) {
    return Stream.of(
            "candor-upgrade-answer-1",
            tag(Tag.PRODUCT, Percent.encode(answer.product())),
            tag(Tag.VERSION, version(answer)),
            tag(Tag.SEVERITY, answer.urgency().word()),
            tag(Tag.NEWEST, Percent.encode(answer.newest())),
            tag(Tag.URL, Percent.encode(answer.url())),
            tag(Tag.ISSUED, answer.issuedAt().toString()),
            tag(Tag.EXPIRES, answer.expiresAt().toString()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String version(VendorAnswer answer) {
    return answer.version().map(Percent::encode).orElse(ANY_VERSION);
  }

  private static String tag(Tag tag, String value) {
    return tag.word() + "=" + value;
  }
}
