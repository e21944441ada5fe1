package org.candor.core.consent;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.control.Answers;

/**
 * Consent subject: what an answer is about, a purpose, or one channel by name.
 *
 * @param text the purpose's label, or {@code channel:} and the channel's name
 */
record Subject(String text) {

  private static final String CHANNEL = "channel:";

  static Subject of(Purpose purpose) {
    return new Subject(purpose.label());
  }

  static Subject channel(String name) {
    return new Subject(CHANNEL + name);
  }

  Optional<Purpose> purpose() {
    return Purpose.of(text);
  }

  Optional<String> channel() {
    return Optional.of(text)
        .filter(all -> all.startsWith(CHANNEL))
        .map(all -> all.substring(CHANNEL.length()));
  }

  /** What is answered this way. */
  static Stream<Subject> of(Answers answers, boolean on) {
    return Stream.concat(
        answers.given().entrySet().stream()
            .filter(entry -> entry.getValue() == on)
            .map(entry -> Subject.of(entry.getKey())),
        answers.channels().entrySet().stream()
            .filter(entry -> entry.getValue() == on)
            .map(entry -> Subject.channel(entry.getKey())));
  }

  /** The answers that grant these. */
  static Answers granted(Collection<Subject> subjects) {
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    Map<String, Boolean> channels = new HashMap<>();
    for (Subject subject : subjects) {
      subject.purpose().ifPresent(purpose -> given.put(purpose, true));
      subject.channel().ifPresent(channel -> channels.put(channel, true));
    }
    return new Answers(given, channels);
  }

  /** As people see it. */
  String name() {
    return channel().orElse(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
