package org.candor.sink.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Why a question has no answer, in words for the administrator. */
final class NoAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Kind kind;

  /** The kinds, the gravest last. */
  enum Kind {
    /** The question did not get as far as a name server. */
    UNREACHABLE(Optional.empty()),
    /** It may have, but nothing came back. */
    SILENT(Optional.of(AN_HOUR)),
    /** What came back is no answer: an error, or something that cannot be read. */
    DECLINED(Optional.of(AN_HOUR));

    private final Optional<Duration> rest;

    Kind(Optional<Duration> rest) {
      this.rest = rest;
    }

    /** How long to wait before asking again, so that one question a day does not become many. */
    Optional<Duration> rest() {
      return rest;
    }
  }

  NoAnswerException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
