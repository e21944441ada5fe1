package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventAction;
import org.candor.http.testing.Eventually;
import org.candor.http.testing.NeedsPeer;
import org.candor.rest.product.TestProduct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code candor.js} in Chromium, in a product's page that is served from another origin. */
@Tag("long")
@NeedsPeer({"chromium", "chromedriver"})
class CandorJsTest {

  private static final String SHOP =
      "{key: 'shop-key-1', version: '1.2.3', routes: ['/', '/cart', '/items/[id]']}";

  private static ShopBrowser browser;

  private final FakeCore core = new FakeCore();
  private final FakeIntake intake = new FakeIntake();
  private Rest rest;
  private FakeShop shop;

  @BeforeAll
  static void browser(@TempDir Path profile) {
    browser = new ShopBrowser(profile);
  }

  @AfterAll
  static void quit() {
    browser.close();
  }

  @BeforeEach
  void open() throws IOException {
    rest = TestRest.open(core);
    shop = new FakeShop("http://127.0.0.1:" + Eventually.get(rest::address).getPort());
    core.products.bindIntake(intake);
    core.products.bindProduct(TestProduct.of(shop.origin()).withPerMinute("100000").named("shop"));
    browser.open(shop.origin() + "/cart");
  }

  @AfterEach
  void close() throws IOException {
    browser.open("about:blank");
    rest.deactivate();
    core.streams.close();
    shop.close();
  }

  private static Object run(String script) {
    return browser.run(script);
  }

  /** What arrives, as soon as there is so much. */
  private List<WebEvent> arrived(int events) {
    Eventually.is(() -> intake.taken().size() >= events);
    return intake.taken();
  }

  private List<String> pages(int events) {
    return arrived(events).stream().map(WebEvent::path).toList();
  }

  @Test
  void loginsPageViewsAndLogoutsArrive() {
    run("candor(" + SHOP + "); candor.login('jo@shop.test'); candor.page('/items/7?q=jo#top')");
    pages(2);
    run("candor.page('/jo/private')");
    arrived(3);
    run("candor.logout()");
    arrived(4);
    run("candor.page('/cart')");
    List<WebEvent> events = arrived(5);
    assertThat(events)
        .extracting(WebEvent::action)
        .containsExactly(
            WebEventAction.LOGIN,
            WebEventAction.PAGE,
            WebEventAction.PAGE,
            WebEventAction.LOGOUT,
            WebEventAction.PAGE);
    assertThat(events)
        .extracting(WebEvent::path)
        .containsExactly("", "/items/[id]", "/unknown", "", "/cart");
    assertThat(events)
        .extracting(WebEvent::user)
        .containsExactly("jo@shop.test", "jo@shop.test", "jo@shop.test", "jo@shop.test", "");
    assertThat(events)
        .extracting(WebEvent::visitor)
        .doesNotContain("")
        .containsOnly(events.get(0).visitor());
    assertThat(events).extracting(WebEvent::version).containsOnly("1.2.3");
    assertThat(events).extracting(WebEvent::product).containsOnly("shop");
    Eventually.is(() -> browser.stored() == 0);
  }

  @Test
  void aPageIsCountedOnceHoweverOftenItIsPushed() {
    run("candor(Object.assign({auto: true}, " + SHOP + "))");
    assertThat(pages(1)).containsExactly("/cart");
    run("history.pushState({}, '', '/items/1'); history.pushState({}, '', '/items/1')");
    assertThat(pages(2)).containsExactly("/cart", "/items/[id]");
    run("history.pushState({}, '', '/login'); history.pushState({}, '', '/')");
    assertThat(pages(3)).endsWith("/items/[id]", "/");
    run("history.back(); history.back()");
    pages(4);
    run("location.hash = '#/items/9'");
    assertThat(pages(5)).endsWith("/items/[id]");
    browser.pageWaits(500);
    assertThat(intake.taken()).hasSize(5);
    assertThat(intake.repeated()).isZero();
  }

  @Test
  void anAnchorInThePageOrAnotherQueryIsNoOtherPage() {
    run("candor(Object.assign({auto: true}, " + SHOP + "))");
    pages(1);
    run(
        "const link = document.createElement('a'); link.href = '#reviews';"
            + "document.body.append(link); link.click()");
    browser.pageWaits(300);
    run("history.pushState({}, '', '/cart?sort=asc')");
    browser.pageWaits(300);
    run("history.pushState({}, '', '#/items/9?a')");
    pages(2);
    run("history.pushState({}, '', '/cart#reviews')");
    assertThat(pages(3)).containsExactly("/cart", "/items/[id]", "/cart");
  }

  @Test
  void aFunctionOfThePageMayNameItsRoutes() {
    run(
        "candor({key: 'shop-key-1', auto: true,"
            + " route: path => path === '/cart' ? '/basket' : ''})");
    assertThat(pages(1)).containsExactly("/basket");
    run("history.pushState({}, '', '/other')");
    assertThat(pages(2)).containsExactly("/basket", "/unknown");
  }

  @Test
  void withoutRoutesNumbersAndNamesDoNotEvenLeaveTheBrowser() {
    run("candor({key: 'shop-key-1'}); candor.page('/items/7/jo@shop.test/reviews?x')");
    assertThat(pages(1)).containsExactly("/items/[id]/[id]/reviews");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'})",
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"
      })
  void whoDoesNotWantToBeSeenIsNot(String setting) {
    Object id =
        browser
            .driver()
            .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", setting))
            .get("identifier");
    try {
      run("localStorage['candor:shop-key-1:old'] = '{}'; sessionStorage.candor = 'old'");
      browser.open(shop.origin() + "/cart");
      run(
          "candor(Object.assign({auto: true}, "
              + SHOP
              + ")); candor.login('jo'); candor.page('/'); candor.logout()");
      browser.pageWaits(600);
      browser.open(shop.origin() + "/");
      assertThat(intake.taken()).isEmpty();
      assertThat(run("return localStorage.length + sessionStorage.length")).isEqualTo(0L);
    } finally {
      browser
          .driver()
          .executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
    }
  }

  @Test
  void whatHappensOfflineArrivesOnceWhenTheNetworkIsBack() {
    run("candor(" + SHOP + ")");
    offline(true);
    run("candor.login('jo'); candor.page('/cart')");
    browser.pageWaits(600);
    assertThat(browser.stored()).isEqualTo(2);
    assertThat(intake.taken()).isEmpty();
    offline(false);
    assertThat(arrived(2))
        .extracting(WebEvent::action)
        .containsExactly(WebEventAction.LOGIN, WebEventAction.PAGE);
    Eventually.is(() -> browser.stored() == 0);
    assertThat(intake.repeated()).isZero();
  }

  private static void offline(boolean offline) {
    browser.driver().executeCdpCommand("Network.enable", Map.of());
    browser
        .driver()
        .executeCdpCommand(
            "Network.emulateNetworkConditions",
            Map.of(
                "offline",
                offline,
                "latency",
                0,
                "downloadThroughput",
                -1,
                "uploadThroughput",
                -1));
  }

  @Test
  void aServerThatCannotKeepEventsIsAskedAgainAndTheQueueIsBounded() {
    intake.broken = Optional.of(new IOException("disk full"));
    String faster = "const set = setTimeout; window.setTimeout = (f, ms) => set(f, ms / 10);";
    run(faster + "candor(" + SHOP + "); for (let i = 0; i < 250; i++) candor.login('user-' + i)");
    Eventually.is(() -> intake.refused() > 0);
    assertThat(browser.stored()).isEqualTo(200);
    intake.broken = Optional.empty();
    List<WebEvent> events = arrived(200);
    Eventually.is(() -> browser.stored() == 0);
    assertThat(events).hasSize(200).extracting(WebEvent::user).contains("user-50", "user-249");
    assertThat(intake.repeated()).isZero();
  }

  @Test
  void whatHappensJustBeforeAPageIsLeftArrives() {
    run(
        "candor("
            + SHOP
            + "); candor.login('jo'); candor.page('/items/1');"
            + "const began = Date.now(); while (Date.now() - began < 250); location.href = '/'");
    assertThat(arrived(2)).extracting(WebEvent::path).containsExactly("", "/items/[id]");
    Eventually.is(() -> (Boolean) run("return location.pathname === '/' && !!window.candor"));
    run("candor(" + SHOP + ")");
    Eventually.is(() -> browser.stored() == 0);
    assertThat(intake.taken()).hasSize(2);
  }

  @Test
  void aPageThatIsLeftAtOnceWasNotShown() {
    run("candor(" + SHOP + "); candor.login('jo'); candor.page('/items/1'); location.replace('/')");
    assertThat(arrived(1)).extracting(WebEvent::action).containsExactly(WebEventAction.LOGIN);
    Eventually.is(() -> (Boolean) run("return location.pathname === '/' && !!window.candor"));
    run("candor(" + SHOP + ")");
    Eventually.is(() -> browser.stored() == 0);
    browser.pageWaits(500);
    assertThat(intake.taken()).hasSize(1);
  }

  @Test
  void aPageThatTheBrowserHadKeptWholeIsShownAgain() {
    run("candor(Object.assign({auto: true}, " + SHOP + ")); window.kept = true");
    pages(1);
    browser.open(shop.origin() + "/?none");
    browser.driver().navigate().back();
    Eventually.is(() -> (Boolean) run("return window.kept === true"));
    assertThat(pages(2)).containsExactly("/cart", "/cart");
    browser.pageWaits(500);
    assertThat(intake.taken()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'/' + 'b'.repeat(198) + '\\ud83d\\ude00'", "'/a\\u0007\\ud83d'"})
  void aPathThatIsNoPlainTextTakesNothingAlong(String path) {
    run(
        "candor({key: 'shop-key-1', route: () => "
            + path
            + "});"
            + "candor.login('jo'); candor.page('/cart')");
    assertThat(arrived(2))
        .extracting(WebEvent::action)
        .containsExactly(WebEventAction.LOGIN, WebEventAction.PAGE);
    Eventually.is(() -> browser.stored() == 0);
  }

  @Test
  void whatIsRefusedIsLostAloneAndTheRestArrives() {
    run(
        "localStorage['candor:shop-key-1:x'] = '{\"at\":\"2000\",\"type\":\"click\"}';"
            + "candor("
            + SHOP
            + "); candor.login('jo'); candor.logout()");
    assertThat(arrived(2))
        .extracting(WebEvent::action)
        .containsExactly(WebEventAction.LOGIN, WebEventAction.LOGOUT);
    Eventually.is(() -> browser.stored() == 0);
    assertThat(intake.repeated()).isZero();
  }

  @Test
  void nothingIsThrownIntoThePage() {
    run(
        "window.onerror = e => window.thrown = e;"
            + "candor.page('/'); candor(); candor("
            + SHOP
            + ");"
            + "const bad = {toString() { throw 1 }}; candor.login(bad); candor.page(bad);"
            + "candor.page(); candor.login(); candor.login('a\\u0000\\ud83d' + 'b'.repeat(300))");
    assertThat(arrived(2)).extracting(WebEvent::user).contains("a" + "b".repeat(99));
    assertThat(run("return window.thrown || null")).isNull();
  }
}
