package org.candor.rest;

import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a window, as somebody uses it in a shop. */
final class ShopBrowser implements AutoCloseable {

  private final ChromeDriver driver;

  ShopBrowser(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new java.io.File("/usr/bin/chromedriver"))
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(15));
  }

  ChromeDriver driver() {
    return driver;
  }

  void open(String address) {
    driver.get(address);
  }

  Object run(String script) {
    return driver.executeScript(script);
  }

  /** Runs what ends by calling {@code done}. */
  void await(String script) {
    driver.executeAsyncScript("const done = arguments[0];" + script);
  }

  /** Lets the page's own timers run for a while. */
  void pageWaits(int millis) {
    await("setTimeout(done, " + millis + ")");
  }

  /** How much the page keeps for sending. */
  long stored() {
    return (Long) run("return Object.keys(localStorage).length");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
