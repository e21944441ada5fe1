package org.candor.core.consent;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.felix.utils.properties.Properties;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answerer;
import org.candor.control.Way;

/**
 * Data migration: what builds before the first release remembered of other bundles' layers: {@code
 * layer/purpose = setting why}.
 */
final class RememberedFile {

  private RememberedFile() {}

  /**
   * @param now when it is taken over
   */
  static AnswerBook read(String text, Instant now) throws IOException {
    Properties properties = new Properties(false);
    properties.load(new StringReader(text));
    List<Denial> denials = new ArrayList<>();
    List<RememberedDecision> heard = new ArrayList<>();
    properties.forEach(
        (key, value) -> {
          int slash = key.lastIndexOf('/');
          Optional<Purpose> purpose = Purpose.of(key.substring(slash + 1));
          if (slash > 0 && purpose.isPresent() && !value.isBlank()) {
            RememberedDecision one = heard(key.substring(0, slash), purpose.get(), value.strip());
            heard.add(one);
            if (one.verdict().answer() == LayerAnswer.FORBIDS) {
              denials.add(denial(key + " = " + value, one, now));
            }
          }
        });
    return AnswerBook.EMPTY.withRemembered(heard).withDenials(denials);
  }

  private static RememberedDecision heard(String layer, Purpose purpose, String value) {
    String[] parts = value.split(" ", 2);
    String why = parts.length > 1 ? parts[1] : "";
    LayerAnswer word =
        switch (parts[0].toLowerCase(Locale.ROOT)) {
          case "allows" -> LayerAnswer.ALLOWS;
          case "silent" -> LayerAnswer.SILENT;
          default -> LayerAnswer.FORBIDS;
        };
    return new RememberedDecision(layer, purpose, new Verdict(word, why));
  }

  /** The same id each time it is read, so that a grant stays good while the file cannot go. */
  private static Denial denial(String line, RememberedDecision heard, Instant now) {
    return new Denial(
        UUID.nameUUIDFromBytes(line.getBytes(StandardCharsets.UTF_8)).toString(),
        Subject.of(heard.purpose()),
        heard.layer(),
        Answerer.unknown(new Way(heard.layer())),
        now,
        heard.verdict().why(),
        Optional.empty());
  }
}
