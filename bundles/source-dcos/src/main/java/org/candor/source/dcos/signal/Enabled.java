package org.candor.source.dcos.signal;

import java.io.IOException;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.text.PlainText;
import org.candor.http.json.Json;

/**
 * The value of {@code enabled}. dcos-signal itself stops for the string {@code "false"} only, and
 * sends for {@code "False"} and {@code "no"}; whoever wrote those did not mean that.
 *
 * @param answer what it says: anything but true forbids
 * @param text as it was written
 */
record Enabled(LayerAnswer answer, String text) {

  private static final int SHOWN = 60;

  static Enabled read(Json json) throws IOException {
    String text = text(json);
    boolean allows = text.equals("true") || text.equalsIgnoreCase("\"true\"");
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return new Enabled(allows ? LayerAnswer.ALLOWS : LayerAnswer.FORBIDS, shown);
  }

  private static String text(Json json) throws IOException {
    if (json.isNull()) {
      return "null";
    }
    return json.isFlag() ? String.valueOf(json.flag()) : PlainText.line(json.shown());
  }

  /** The one that forbids, if any does. */
  static Enabled stricter(Enabled one, Enabled other) {
    return one.answer == LayerAnswer.FORBIDS ? one : other;
  }
}
