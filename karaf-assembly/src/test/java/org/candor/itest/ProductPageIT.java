package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.candor.console.testing.Chromium;
import org.candor.http.testing.NeedsPeer;
import org.candor.itest.harness.Batch;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.Shop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** From a product's page in a browser to the endpoint, beside the owner's page in another tab. */
@NeedsPeer({"chromium", "chromedriver"})
class ProductPageIT {

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String WHO = "jo@shop.example";
  private static final String CONSENT = "org.candor.consent";
  private static final String PRODUCT = "org.candor.rest.product-shop";
  private static final String NAMES = "org.candor.format.segment";
  private static final int DIGEST = 16;

  private final KarafInstance karaf = KARAF.get();
  private final String candor = "http://127.0.0.1:" + karaf.httpPort();
  private String consentBefore;
  private String namesBefore;
  private SharedSegment segment;
  private Shop shop;
  private Chromium chromium;
  private String shopTab;
  private int told;

  @BeforeEach
  void open(@TempDir Path profile) throws Exception {
    consentBefore = karaf.etc().text(CONSENT);
    namesBefore = karaf.etc().text(NAMES);
    segment = new SharedSegment(karaf);
    KarafInstance.awaitPort(karaf.httpPort());
    shop = new Shop(candor);
    karaf.etc().set(NAMES, "loginEvent", "shop_login");
    karaf
        .etc()
        .write(
            PRODUCT,
            """
            key = shop-key-1
            origins = %s
            routes = /, /cart, /items/[id], /offers/[offer]
            """
                .formatted(shop.origin()));
    awaitProduct();
    chromium = new Chromium(profile);
    chromium.driver().manage().timeouts().scriptTimeout(SOON);
    shopTab = chromium.driver().getWindowHandle();
  }

  @AfterEach
  void asBefore() throws Exception {
    chromium.close();
    shop.close();
    Files.deleteIfExists(karaf.etc().file(PRODUCT));
    karaf.etc().write(NAMES, namesBefore);
    karaf.run("telemetry:enable");
    karaf.etc().write(CONSENT, consentBefore);
    segment.close();
  }

  @Test
  void whatPeopleDoIsToldAsDcosDidAndOnlyWhileTheOwnerAndTheyLikeIt() throws Exception {
    visit();
    chromium.await("return sessionStorage.candor !== undefined");
    String visitor = (String) chromium.run("return sessionStorage.candor");
    assertThat(visitor).hasSize(36);
    assertNew(page("anonymousId", visitor, "/"));
    String user = pseudonym();

    signIn();
    click("item");
    assertNew(
        call("identify", "userId", user, "", "traits", ""),
        call("track", "userId", user, "shop_login", "properties", ""),
        page("userId", user, "/items/[id]"));
    click("cart");
    assertNew(page("userId", user, "/cart"));
    click("offer");
    assertNew(page("userId", user, "/offers/[offer]"));
    click("orders");
    assertNew(page("userId", user, "/unknown"));

    offline(true);
    startCounting();
    click("home");
    awaitKept(1);
    assertThat(chromium.text("h1")).isEqualTo("/");
    chromium.find("#leave").click();
    awaitKept(2);
    assertNothingNew();
    offline(false);
    assertNew(
        page("userId", user, "/"), call("track", "userId", user, "dcos_logout", "properties", ""));

    theOwnerSaysNo();
    to(shopTab);
    startCounting();
    signIn();
    click("item");
    awaitKept(2);
    awaitTaken();
    assertThat(chromium.text("h1")).isEqualTo("/items/4711");
    assertNothingNew();

    theOwnerSaysYes();
    to(shopTab);
    click("cart");
    assertNew(page("userId", user, "/cart"));

    whoDoesNotWantToBeSeenIsNot("doNotTrack", "'1'");
    whoDoesNotWantToBeSeenIsNot("globalPrivacyControl", "true");
    to(shopTab);
    chromium.find("#leave").click();
    assertNew(call("track", "userId", user, "dcos_logout", "properties", ""));

    assertThat(complaints()).isEmpty();
    assertThat(all())
        .extracting(Batch::text)
        .noneMatch(
            text -> text.matches("(?s).*(jo@|jo%40|shop\\.example|customer|reviews|spring|Jo’s).*"))
        .noneMatch(text -> text.contains(shop.origin()));
    assertThat(all().stream().flatMap(batch -> batch.messageIds().stream()))
        .doesNotHaveDuplicates();
  }

  /** What is said in etc/ is obeyed after a moment. */
  private void awaitProduct() throws Exception {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(candor + "/v1/events"))
            .header("Origin", shop.origin())
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpClient http = HttpClient.newHttpClient();
    Eventually.await(
        "the product",
        SOON,
        () -> http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode(),
        status -> status == 204);
  }

  /** Opens the product's page in the browser's first tab, and counts what it keeps for sending. */
  private void visit() {
    chromium.driver().get(shop.origin());
    chromium.await("return document.querySelector('h1').textContent === '/'");
    chromium.run(
        """
        window.kept = 0;
        const keep = Storage.prototype.setItem;
        Storage.prototype.setItem = function (...entry) {
          keep.apply(this, entry);
          window.kept++;
        };""");
  }

  private void signIn() {
    chromium.find("input").clear();
    chromium.find("input").sendKeys(WHO);
    chromium.find("form button").click();
    chromium.await("return !document.getElementById('leave').hidden");
  }

  private void click(String id) {
    chromium.find("#" + id).click();
  }

  private void to(String tab) {
    chromium.driver().switchTo().window(tab);
    chromium.driver().executeCdpCommand("Page.bringToFront", Map.of());
  }

  private void offline(boolean offline) {
    chromium.driver().executeCdpCommand("Network.enable", Map.of());
    chromium
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

  private void startCounting() {
    chromium.run("window.kept = 0");
  }

  private void awaitKept(int events) {
    chromium.await("return window.kept === arguments[0]", events);
  }

  private void awaitTaken() {
    chromium.await("return Object.keys(localStorage).length === 0");
  }

  private void theOwnerSaysNo() throws Exception {
    chromium.driver().switchTo().newWindow(WindowType.TAB);
    chromium.show(1280, 900, false);
    chromium.open(candor.replace("://", "://karaf:karaf@") + "/telemetry");
    for (String purpose : List.of("usage", "errors", "version-check")) {
      turn(purpose, false);
    }
  }

  private void theOwnerSaysYes() throws Exception {
    for (String tab : chromium.driver().getWindowHandles()) {
      if (!tab.equals(shopTab)) {
        to(tab);
      }
    }
    for (String purpose : List.of("version-check", "errors", "usage")) {
      turn(purpose, true);
    }
    assertThat(complaints()).isEmpty();
    chromium.driver().close();
  }

  /** Turns a switch of the page, after which the shell says the same as the page. */
  private void turn(String purpose, boolean on) throws Exception {
    String own = "#answer-" + purpose;
    chromium.find(own).click();
    chromium.await(
        "return document.querySelector(arguments[0]).getAttribute('aria-checked') === arguments[1]",
        own,
        String.valueOf(on));
    chromium.awaitText(own + "-why", (on ? "Allowed" : "Forbidden") + " by answers.");
    JsonObject word = karaf.run("telemetry:explain " + purpose + " --json").object();
    assertThat(word.get("allowed").getAsBoolean()).isEqualTo(on);
    assertThat(word.get("decidedBy").getAsString()).isEqualTo("answers");
  }

  private void whoDoesNotWantToBeSeenIsNot(String property, String value) {
    chromium.driver().switchTo().window(shopTab);
    chromium.driver().switchTo().newWindow(WindowType.TAB);
    chromium
        .driver()
        .executeCdpCommand(
            "Page.addScriptToEvaluateOnNewDocument",
            Map.of(
                "source",
                "Object.defineProperty(Navigator.prototype, '%s', {get: () => %s})"
                    .formatted(property, value)));
    visit();
    signIn();
    click("item");
    click("leave");
    assertThat(chromium.text("h1")).isEqualTo("/items/4711");
    pageViewsWouldHaveLeft();
    assertThat(chromium.run("return localStorage.length + sessionStorage.length + window.kept"))
        .isEqualTo(0L);
    assertThat(
            chromium.run(
                "return performance.getEntriesByType('resource').map(e => new URL(e.name).pathname)"))
        .isEqualTo(List.of("/shop.js", "/candor.js"));
    chromium.driver().close();
  }

  /** Lets the page's own timers run, which collect for 200 ms. */
  private void pageViewsWouldHaveLeft() {
    chromium.driver().executeAsyncScript("setTimeout(arguments[0], 600)");
  }

  private List<Batch> all() {
    return segment.server().taken();
  }

  private List<JsonObject> messages() {
    return all().stream().flatMap(batch -> batch.messages().stream()).toList();
  }

  private void assertNothingNew() {
    assertThat(messages()).hasSize(told);
  }

  /** What came since this was asked last is this and nothing else, as soon as there is so much. */
  private void assertNew(JsonObject... expected) throws Exception {
    Eventually.await(
        expected.length + " more messages",
        SOON,
        () -> messages().size(),
        size -> size >= told + expected.length);
    List<JsonObject> fresh = messages().subList(told, messages().size());
    for (JsonObject message : fresh) {
      assertThat(Instant.parse(message.remove("timestamp").getAsString()))
          .isBetween(Instant.now().minusSeconds(60), Instant.now());
      assertThat(message.remove("messageId").getAsString()).hasSize(36);
    }
    assertThat(fresh).containsExactly(expected);
    told += expected.length;
  }

  private JsonObject page(String whose, String id, String path) throws IOException {
    return call(
        "page",
        whose,
        id,
        "",
        "properties",
        ",\"path\":\"%s\",\"url\":\"\",\"title\":\"\",\"referrer\":\"\"".formatted(path));
  }

  /**
   * A call as DC/OS' page made it.
   *
   * @param event its name; empty when it has none
   * @param about where it says of what it tells
   * @param more what it says beyond what all say
   */
  private JsonObject call(
      String type, String whose, String id, String event, String about, String more)
      throws IOException {
    JsonObject call =
        JsonParser.parseString(
                """
                {"type": "%s", "%s": "%s",
                 "%s": {"appVersion": "4.5.6", "clusterId": "%s", "product": "shop",
                        "version": "%s"%s}}"""
                    .formatted(
                        type,
                        whose,
                        id,
                        about,
                        karaf.ids().get("clusterId"),
                        identity("version"),
                        more))
            .getAsJsonObject();
    if (!event.isEmpty()) {
      call.addProperty("event", event);
    }
    return call;
  }

  private String identity(String key) throws IOException {
    return karaf
        .etc()
        .text("org.candor.identity")
        .lines()
        .filter(line -> line.matches(key + "\\s*=.*"))
        .map(line -> line.replaceFirst(".*?=\\s*", "").strip())
        .findFirst()
        .orElse("");
  }

  /** What stands for the user: half of an HMAC-SHA-256 with this installation's secret. */
  private String pseudonym() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] secret = HexFormat.of().parseHex(karaf.secret());
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] digest = mac.doFinal(("ui.user\n" + WHO).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, DIGEST);
  }

  /** What the pages complained of, but that nothing can be sent while the browser is offline. */
  private List<String> complaints() {
    return chromium.complaints().stream()
        .filter(complaint -> !complaint.contains("ERR_INTERNET_DISCONNECTED"))
        .toList();
  }
}
