package org.candor.rest.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.control.Answers;

/** Entity tag for optimistic locking: tells one set of answers and its result from another. */
final class AnswersVersion {

  private static final int BYTES = 12;

  private AnswersVersion() {}

  static String of(Answers answers, Predicate<Purpose> allowed) {
    String text =
        Stream.of(Purpose.values())
            .map(
                purpose ->
                    purpose.label()
                        + "="
                        + answers.to(purpose).map(String::valueOf).orElse("")
                        + allowed.test(purpose))
            .collect(Collectors.joining("\n"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
