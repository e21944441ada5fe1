package org.candor.format.dns.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.candor.api.text.PlainText;
import org.candor.api.upgrade.RefusedAnswerException;

/** Reads what {@link AnswerText} specifies, from whoever wrote it. */
final class AnswerParser {

  private static final int LONGEST = 1232;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final Pattern OURS =
      Pattern.compile("[\\s;]*+candor=1(?![^\\s;])", Pattern.CASE_INSENSITIVE);
  private static final Pattern BETWEEN_TAGS = Pattern.compile("[\\s;]++");

  private final Map<Tag, String> values = new EnumMap<>(Tag.class);

  private AnswerParser(String text) {
    for (String part : BETWEEN_TAGS.split(text)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        Tag.of(part.substring(0, equals))
            .ifPresent(tag -> values.putIfAbsent(tag, part.substring(equals + 1)));
      }
    }
  }

  /** Whether the text of a TXT record is an answer at all, good or bad. */
  static boolean isAnswer(String text) {
    return OURS.matcher(text).lookingAt();
  }

  /**
   * Reads an answer.
   *
   * @param text whose characters are octets
   */
  static SignedAnswer parse(String text) throws RefusedAnswerException {
    if (text.length() > LONGEST) {
      throw new RefusedAnswerException(
          "The answer is longer than the " + LONGEST + " characters that an answer may have.");
    }
    return new AnswerParser(text).answer();
  }

  private SignedAnswer answer() throws RefusedAnswerException {
    VendorAnswer answer =
        new VendorAnswer(
            plain(Tag.PRODUCT),
            version(),
            plain(Tag.NEWEST),
            urgency(),
            url(),
            time(Tag.ISSUED),
            time(Tag.EXPIRES));
    return new SignedAnswer(answer, signature());
  }

  private Optional<String> version() throws RefusedAnswerException {
    return AnswerText.ANY_VERSION.equals(values.get(Tag.VERSION))
        ? Optional.empty()
        : Optional.of(plain(Tag.VERSION));
  }

  private String plain(Tag tag) throws RefusedAnswerException {
    String text = decoded(tag);
    if (!PlainText.is(text)) {
      throw unreadable(
          tag, "a text of 1 to " + PlainText.LONGEST + " characters that can all be seen");
    }
    return text;
  }

  private Urgency urgency() throws RefusedAnswerException {
    Optional<Urgency> urgency = Urgency.of(decoded(Tag.SEVERITY));
    if (urgency.isEmpty()) {
      throw unreadable(Tag.SEVERITY, "ok, recommended or required");
    }
    return urgency.get();
  }

  // A link that may not be shown costs itself only, but the signature covers it as it is.
  private String url() throws RefusedAnswerException {
    return values.containsKey(Tag.URL) ? decoded(Tag.URL) : "";
  }

  private Instant time(Tag tag) throws RefusedAnswerException {
    try {
      Instant time = Instant.parse(decoded(tag));
      if (time.isAfter(Instant.EPOCH) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Said below, in the words that are said of all others.
    }
    throw unreadable(tag, "a time such as 2026-11-22T00:00:00Z");
  }

  private byte[] signature() throws RefusedAnswerException {
    try {
      return Base64.getUrlDecoder().decode(values.getOrDefault(Tag.SIGNATURE, ""));
    } catch (IllegalArgumentException e) {
      throw unreadable(Tag.SIGNATURE, "base64url");
    }
  }

  private String decoded(Tag tag) throws RefusedAnswerException {
    String value = values.get(tag);
    if (value == null) {
      throw new RefusedAnswerException("The answer does not say " + tag.word() + ".");
    }
    Optional<String> text = Percent.decode(value);
    if (text.isEmpty()) {
      throw unreadable(tag, "percent-encoded UTF-8");
    }
    return text.get();
  }

  private static RefusedAnswerException unreadable(Tag tag, String allowed) {
    return new RefusedAnswerException(
        "The answer's " + tag.word() + " cannot be read; it should be " + allowed + ".");
  }
}
