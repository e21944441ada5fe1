package org.candor.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.candor.console.testing.Chromium;
import org.candor.http.testing.NeedsPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of the page, kept in {@code target/screenshots} for people to look at. */
@Tag("long")
@NeedsPeer({"chromium", "chromedriver"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScreenshotsTest {

  private PageServer server;
  private Chromium chromium;

  @BeforeAll
  void start(@TempDir Path profile) throws IOException {
    server = new PageServer();
    chromium = new Chromium(profile);
  }

  @AfterAll
  void stop() {
    chromium.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "320, light",
    "360, light",
    "360, dark",
    "768, light",
    "768, dark",
    "1280, light",
    "1280, dark"
  })
  void thePageFitsItsWidth(int width, String scheme) throws IOException {
    chromium.show(width, 900, scheme.equals("dark"));
    chromium.open(server.page());
    assertFits(width);
    chromium.picture(picture("page", width, scheme));
    openEverything(chromium);
    assertFits(width);
    chromium.picture("#crashes", picture("crashes", width, scheme));
    if (scheme.equals("light") && width != 320) {
      chromium.run("document.querySelectorAll('.key')[9].focus()");
      chromium.picture(picture("open", width, scheme));
    }
  }

  private static Path picture(String what, int width, String scheme) {
    return Path.of("target/screenshots/" + what + "-" + width + "-" + scheme + ".png");
  }

  private void assertFits(int width) {
    assertThat(chromium.run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
  }

  /** Opens all that can be opened; in the journal, where rows are alike, in the first three. */
  static void openEverything(Chromium chromium) {
    chromium.run(
        "document.querySelectorAll('details').forEach(d =>"
            + " d.open = d.closest('.journal tr:nth-child(n+4)') === null)");
    chromium.await(
        "return [...document.querySelectorAll('.preview .asked')].every(p =>"
            + " p.textContent.includes('no connection'))"
            + " && [...document.querySelectorAll('.sent[open]')].every(s =>"
            + " s.querySelector('.payload') !== null)");
    chromium.run("document.querySelectorAll('.preview details').forEach(d => d.open = true)");
  }
}
