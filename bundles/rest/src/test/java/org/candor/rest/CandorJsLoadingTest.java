package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** How {@code candor.js} gets into a product's page, as the README says and otherwise. */
@Tag("long")
@NeedsPeer({"chromium", "chromedriver"})
class CandorJsLoadingTest {

  private static final String SHOP =
      "{key: 'shop-key-1', auto: true, routes: ['/', '/cart', '/items/[id]']}";

  private static ShopBrowser browser;

  private final FakeCore core = new FakeCore();
  private final FakeIntake intake = new FakeIntake();
  private Rest rest;
  private String candor;
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
    candor = "http://127.0.0.1:" + Eventually.get(rest::address).getPort();
    shop = new FakeShop(candor);
    core.products.bindIntake(intake);
    core.products.bindProduct(TestProduct.of(shop.origin()).withPerMinute("100000").named("shop"));
  }

  @AfterEach
  void close() throws IOException {
    browser.open("about:blank");
    rest.deactivate();
    core.streams.close();
    shop.close();
  }

  private List<WebEvent> arrived(int events) {
    Eventually.is(() -> intake.taken().size() >= events);
    return intake.taken();
  }

  @Test
  void aCandorThatStaysSilentHoldsUpNeitherThePageNorItsCalls() {
    shop.script = "candor(" + SHOP + "); candor.login('jo'); window.called = true;";
    long began = System.nanoTime();
    browser.open(shop.origin() + "/cart?silent");
    Eventually.is(
        () ->
            (Boolean)
                browser.run(
                    "return performance.getEntriesByType('navigation')[0].loadEventEnd > 0"
                        + " && !!document.querySelector('head script[src$=\"/candor.js\"]')"));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    browser.run("candor.page('/'); candor.logout(); for (let i = 0; i < 300; i++) candor.page(i)");
    assertThat(browser.run("return window.called && window.started")).isEqualTo(true);
    assertThat(browser.run("return candor.q.length")).isEqualTo(200L);
    assertThat(browser.run("return window.thrown || null")).isNull();
  }

  @Test
  void whatIsCalledBeforeTheScriptIsThereCountsOnceAndAsOfThen() {
    shop.script =
        """
        candor({key: 'shop-key-1', routes: ['/', '/cart', '/items/[id]']});
        candor.page('/');
        candor.page('/items/7?q=jo');
        window.logout = candor.logout;
        setTimeout(() => {
          candor.login('jo');
          candor.page('/cart');
          fetch('/release');
        }, 400);
        """;
    browser.open(shop.origin() + "/cart?held");
    List<WebEvent> events = arrived(3);
    assertThat(events)
        .extracting(WebEvent::action)
        .containsExactly(WebEventAction.PAGE, WebEventAction.LOGIN, WebEventAction.PAGE);
    assertThat(events).extracting(WebEvent::path).containsExactly("/items/[id]", "", "/cart");
    assertThat(events).extracting(WebEvent::user).containsExactly("", "jo", "jo");
    assertThat(Duration.between(events.get(0).at(), events.get(1).at()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(390));
    browser.run("window.logout()");
    assertThat(arrived(4)).last().extracting(WebEvent::action).isEqualTo(WebEventAction.LOGOUT);
    assertThat(intake.repeated()).isZero();
    assertThat(browser.run("return window.thrown || null")).isNull();
  }

  @Test
  void thePageThatIsShownWhenTheScriptComesIsCountedOnce() {
    shop.script = "candor(" + SHOP + "); history.pushState({}, '', '/items/9?loader');";
    browser.open(shop.origin() + "/cart?loader");
    assertThat(arrived(1)).extracting(WebEvent::path).containsExactly("/items/[id]");
    browser.pageWaits(500);
    assertThat(intake.taken()).hasSize(1);
    browser.run("history.pushState({}, '', '/cart')");
    assertThat(arrived(2)).last().extracting(WebEvent::path).isEqualTo("/cart");
  }

  @Test
  void aLoaderInAPageThatHasLoadedLongAgoWorksTooAndTwoAreAsOne() {
    browser.open(shop.origin() + "/cart?none");
    shop.script = "candor(" + SHOP + ");";
    String load =
        "document.head.append(Object.assign(document.createElement('script'),"
            + " {src: '/telemetry.js', onload: done}));";
    browser.await(load);
    browser.await(load);
    arrived(1);
    browser.pageWaits(500);
    assertThat(intake.taken()).hasSize(1);
    assertThat(browser.run("return document.querySelectorAll('[src$=\"/candor.js\"]').length"))
        .isEqualTo(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "bundle"})
  void aScriptThatDoesNotKnowWhereItCameFromSendsNothingButWhereItIsTold(String way) {
    browser.open(shop.origin() + "/cart?" + way);
    browser.await("import('" + candor + "/candor.js').then(done)");
    browser.run("candor(" + SHOP + "); candor.login('jane@shop.test')");
    browser.pageWaits(1500);
    assertThat(shop.posted()).isEmpty();
    assertThat(browser.stored()).isZero();
    assertThat(intake.taken()).isEmpty();
    browser.run("candor(Object.assign({endpoint: 'http://'}, " + SHOP + ")); candor.login('jane')");
    assertThat(browser.stored()).isZero();
    browser.run(
        "candor(Object.assign({endpoint: '"
            + candor
            + "/v1/events'}, "
            + SHOP
            + "));"
            + "candor.login('jane')");
    assertThat(arrived(2)).extracting(WebEvent::user).contains("jane");
    assertThat(browser.run("return window.thrown || null")).isNull();
  }
}
