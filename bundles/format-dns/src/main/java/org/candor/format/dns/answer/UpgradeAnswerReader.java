package org.candor.format.dns.answer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.candor.api.Bytes;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;
import org.candor.api.version.SemanticVersion;
import org.candor.format.dns.QueryName;

/**
 * Answer verification: finds the answer in a reply and says what may be believed of it. What is
 * refused is never a reason for any other exception. Safe for several threads.
 *
 * <p>Refused is what cannot be read, has expired, was issued in the future, or speaks of another
 * version than the one that was asked about: somebody may play back what the vendor said of that.
 * With a key, also what is not signed with it. A link that may not be shown is left out. Of several
 * good answers the one that was issued last counts.
 */
public final class UpgradeAnswerReader {

  // A clock that is wrong by more should be reported; a later time than now would have all answers
  // until then taken for older ones.
  private static final Duration FUTURE = Duration.ofDays(1);

  // Bounds the time for checking signatures.
  private static final int MOST = 8;

  private final Optional<VerifyKey> key;
  private final Clock clock;

  /**
   * @param key the vendor's; without it nothing counts as signed
   * @param clock for what has expired
   */
  public UpgradeAnswerReader(Optional<VerifyKey> key, Clock clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Reads a reply.
   *
   * @param question the name that was asked for, without a zone
   * @param running what to compare with when the question named no version
   * @param reply a JSON array with an array of strings for each TXT record; each character is an
   *     octet
   * @return empty when no record is an answer
   * @throws RefusedAnswerException why the first answer was refused, when all were
   */
  public Optional<UpgradeAnswer> read(String question, String running, Bytes reply)
      throws RefusedAnswerException {
    List<String> texts =
        TxtRecords.read(reply).stream().filter(AnswerParser::isAnswer).limit(MOST).toList();
    Optional<UpgradeAnswer> best = Optional.empty();
    Optional<RefusedAnswerException> refusal = Optional.empty();
    for (String text : texts) {
      try {
        best = Optional.of(later(best, believed(question, running, AnswerParser.parse(text))));
      } catch (RefusedAnswerException e) {
        refusal = refusal.or(() -> Optional.of(e));
      }
    }
    if (best.isEmpty() && refusal.isPresent()) {
      throw refusal.get();
    }
    return best;
  }

  private static UpgradeAnswer later(Optional<UpgradeAnswer> one, UpgradeAnswer other) {
    return one.filter(
            answer -> Comparator.comparing(UpgradeAnswer::issuedAt).compare(answer, other) >= 0)
        .orElse(other);
  }

  private UpgradeAnswer believed(String question, String running, SignedAnswer read)
      throws RefusedAnswerException {
    checkSignature(read);
    VendorAnswer answer = read.answer();
    checkTimes(answer);
    checkVersion(question, answer);
    String asked = QueryName.decode(question).map(QueryName::version).orElse("");
    if (asked.isEmpty()) {
      asked = running;
    }
    return new UpgradeAnswer(
        answer.product(),
        answer.version().orElse(asked),
        answer.newest(),
        severity(asked, answer),
        WebLink.of(answer.url()),
        answer.issuedAt(),
        answer.expiresAt(),
        key.isPresent());
  }

  private void checkSignature(SignedAnswer read) throws RefusedAnswerException {
    if (key.isEmpty()) {
      return;
    }
    if (!read.isSigned()) {
      throw new RefusedAnswerException(
          "The answer is not signed although a publicKey is set: it may not be the vendor's.");
    }
    if (!read.isSignedBy(key.get())) {
      throw new RefusedAnswerException(
          "The answer's signature does not match the publicKey: the answer is not the vendor's, or"
              + " the vendor has a new key.");
    }
  }

  private void checkTimes(VendorAnswer answer) throws RefusedAnswerException {
    Instant now = clock.instant();
    if (!answer.expiresAt().isAfter(answer.issuedAt())) {
      throw new RefusedAnswerException("The answer expires before it was issued.");
    }
    if (!answer.expiresAt().isAfter(now)) {
      throw new RefusedAnswerException(
          "The answer expired at "
              + answer.expiresAt()
              + ": the vendor has not renewed it, somebody replays an old one, or this machine's"
              + " clock is wrong.");
    }
    if (answer.issuedAt().isAfter(now.plus(FUTURE))) {
      throw new RefusedAnswerException(
          "The answer was issued at "
              + answer.issuedAt()
              + ", which is in the future: this machine's clock or the vendor's is wrong.");
    }
  }

  // By the name, since a version that was cut there is known by its label only.
  private static void checkVersion(String question, VendorAnswer answer)
      throws RefusedAnswerException {
    if (answer.version().isPresent()
        && !question.endsWith("." + QueryName.below(answer.version().get()))) {
      throw new RefusedAnswerException(
          "The answer is about version "
              + answer.version().get()
              + ", which is not the one that was asked about.");
    }
  }

  private static Severity severity(String asked, VendorAnswer answer) {
    if (answer.version().isPresent()) {
      return severity(answer.urgency());
    }
    Optional<SemanticVersion> running = SemanticVersion.parse(asked);
    Optional<SemanticVersion> newest = SemanticVersion.parse(answer.newest());
    if (running.isEmpty() || newest.isEmpty()) {
      return Severity.UNKNOWN;
    }
    return running.get().compareTo(newest.get()) < 0 ? severity(answer.urgency()) : Severity.OK;
  }

  private static Severity severity(Urgency urgency) {
    return switch (urgency) {
      case OK -> Severity.OK;
      case RECOMMENDED -> Severity.RECOMMENDED;
      case REQUIRED -> Severity.REQUIRED;
    };
  }
}
