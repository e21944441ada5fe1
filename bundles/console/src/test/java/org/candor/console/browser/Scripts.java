package org.candor.console.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What tests run inside the page, by their own way past its policy. */
final class Scripts {

  private Scripts() {}

  static String read(String resource) throws IOException {
    try (InputStream in = Scripts.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3). */
  static String contrast() throws IOException {
    return read("/org/candor/console/contrast.js");
  }

  /** The engine of axe. */
  static String axe() throws IOException {
    return read("/axe.min.js");
  }
}
