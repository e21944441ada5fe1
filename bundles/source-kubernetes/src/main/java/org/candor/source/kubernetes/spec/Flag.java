package org.candor.source.kubernetes.spec;

import java.io.IOException;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.text.PlainText;
import org.candor.http.json.Json;

/**
 * The value of a key that disables something.
 *
 * @param answer what it says: a value that is neither true nor false forbids, as whoever wrote it
 *     meant to say something, and this errs on the owner's side
 * @param text as it was written
 * @param understood whether it is true or false
 */
record Flag(LayerAnswer answer, String text, boolean understood) {

  private static final int SHOWN = 60;

  /** The one that forbids, if any does. */
  static Flag stricter(Flag one, Flag other) {
    return one.answer() == LayerAnswer.FORBIDS ? one : other;
  }

  /** Reads a value that is not null. */
  static Flag read(Json json) throws IOException {
    if (json.isFlag()) {
      boolean disabled = json.flag();
      return new Flag(
          disabled ? LayerAnswer.FORBIDS : LayerAnswer.ALLOWS, String.valueOf(disabled), true);
    }
    String text = PlainText.line(json.shown());
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return new Flag(LayerAnswer.FORBIDS, shown, false);
  }
}
