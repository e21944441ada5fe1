package org.candor.core.consent;

import java.util.Optional;
import org.candor.api.consent.Purpose;

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

  /** As people see it. */
  String name() {
    return channel().orElse(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
