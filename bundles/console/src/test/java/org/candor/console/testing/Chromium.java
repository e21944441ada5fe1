package org.candor.console.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.candor.http.testing.Peers;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window that asks nobody but the page's server. */
public final class Chromium implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ChromeDriver driver;

  /**
   * @param profile an empty folder for what it keeps
   */
  public Chromium(Path profile) {
    Peers peers = Peers.here();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(peers.find("chromium").orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    File chromedriver = peers.find("chromedriver").orElseThrow().toFile();
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build(), options);
  }

  public ChromeDriver driver() {
    return driver;
  }

  /** A window of this width, and whether its owner likes it dark. */
  public void show(int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Opens the page and waits until all of it is there. */
  public void open(String page) {
    driver.get(page);
    await(
        "return document.querySelector('#sources tbody tr, #sources .empty:not([hidden])') !== null"
            + " && document.querySelector('.switch') !== null"
            + " && document.querySelector('.plot path, #history .empty:not([hidden])') !== null"
            + " && document.querySelector('.journal tbody tr, .found:not(:empty)') !== null"
            + " && document.querySelector('.banner:not([hidden])') !== null"
            + " && document.querySelector('.crash, #crashes .empty:not([hidden])') !== null"
            + " && document.getElementById('live').dataset.state !== 'connecting'");
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public String text(String selector) {
    return find(selector).getText();
  }

  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until a script returns true. */
  public void await(String script, Object... arguments) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20))
        .withMessage(script)
        .until(d -> Boolean.TRUE.equals(run(script, arguments)));
  }

  public void awaitText(String selector, String contained) {
    await(
        "return document.querySelector(arguments[0])?.textContent.includes(arguments[1]) === true",
        selector,
        contained);
  }

  /** What the page complained of since the last call; violations of its policy are among it. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** The whole page as a picture. */
  public void picture(Path file) throws IOException {
    picture(":root", file);
  }

  /** A part of the page as a picture. */
  public void picture(String selector, Path file) throws IOException {
    Object clip =
        run(
            "const r = document.querySelector(arguments[0]).getBoundingClientRect();"
                + "return {x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height,"
                + " scale: 1}",
            selector);
    Map<String, Object> taken =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of("captureBeyondViewport", true, "optimizeForSpeed", true, "clip", clip));
    Files.createDirectories(file.getParent());
    Files.write(file, OutputType.BYTES.convertFromBase64Png((String) taken.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
