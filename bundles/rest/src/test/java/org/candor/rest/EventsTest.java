package org.candor.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.candor.api.ChannelState;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventAction;
import org.candor.http.testing.Eventually;
import org.candor.rest.Client.Reply;
import org.candor.rest.product.TestProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What products' pages send, over real sockets. */
class EventsTest {

  private static final String EVENTS = "/v1/events";
  private static final String SHOP = "https://shop.test";
  private static final String PAGE = "{\"type\":\"page\",\"path\":\"/a/7\",\"key\":\"shop-key-1\"}";

  private final FakeCore core = new FakeCore();
  private final FakeIntake intake = new FakeIntake();
  private Rest rest;
  private Client client;

  @BeforeAll
  static void users() {
    TestRealm.install();
  }

  @BeforeEach
  void open() {
    core.products.bindIntake(intake);
    core.products.bindProduct(TestProduct.of(SHOP + ", http://127.0.0.1:8080").named("shop"));
    core.products.bindProduct(
        TestProduct.of("https://blog.test:443").withKey("blog-key-1").named("blog"));
    rest = TestRest.open(core);
    client = new Client(Eventually.get(rest::address).getPort(), "storageos");
  }

  @AfterEach
  void close() {
    rest.deactivate();
    core.products.deactivate();
  }

  private HttpRequest.Builder post(String json) {
    return client
        .anonymous(EVENTS)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  private Reply send(String json) throws Exception {
    return Client.send(post(json).header("Origin", SHOP));
  }

  @Test
  void aPageOfTheProductMaySendAndIsToldWhatBecameOfIt() throws Exception {
    Reply reply = send(PAGE);
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.response().body())
        .isEqualTo("{\"taken\":1,\"repeated\":0,\"state\":\"active\"}\n");
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
    assertThat(reply.header("Vary")).isEqualTo("Origin");
    assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
    WebEvent event = intake.taken().get(0);
    assertThat(event.action()).isEqualTo(WebEventAction.PAGE);
    assertThat(event.product()).isEqualTo("shop");
    assertThat(event.path()).isEqualTo("/a/[id]");
    Reply withHeader =
        Client.send(
            post("{\"events\":[{\"type\":\"login\",\"user\":\"jo\"},{\"type\":\"logout\"}]}")
                .header("Origin", "https://blog.test")
                .header("X-Candor-Key", "blog-key-1"));
    assertThat(withHeader.json().get("taken").getAsInt()).isEqualTo(2);
    assertThat(intake.taken()).last().extracting(WebEvent::product).isEqualTo("blog");
  }

  @Test
  void aPageThatIsBeingLeftSendsPlainText() throws Exception {
    Reply reply =
        Client.send(
            client
                .anonymous(EVENTS)
                .header("Content-Type", "text/plain;charset=UTF-8")
                .header("Origin", SHOP)
                .POST(HttpRequest.BodyPublishers.ofString(PAGE)));
    assertThat(reply.status()).isEqualTo(202);
  }

  @Test
  void otherOriginsAndKeysAreRefused() throws Exception {
    for (String origin :
        new String[] {
          "https://evil.test",
          "http://shop.test",
          "https://shop.test:8443",
          "https://shop.test.evil.test",
          "null",
          "http://127.0.0.1:" + client.port()
        }) {
      Reply reply = Client.send(post(PAGE).header("Origin", origin));
      assertThat(reply.status()).as(origin).isEqualTo(403);
      assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(reply.header("Vary")).isEqualTo("Origin");
    }
    assertThat(Client.send(post(PAGE)).status()).as("no origin").isEqualTo(403);
    assertThat(Client.send(post(PAGE).header("Origin", SHOP).header("Origin", SHOP)).status())
        .isEqualTo(403);
    Reply blogs = send(PAGE.replace("shop-key-1", "blog-key-1"));
    assertThat(blogs.status()).as("the key of a product from elsewhere").isEqualTo(403);
    assertThat(blogs.header("Access-Control-Allow-Origin")).as("it may read why").isEqualTo(SHOP);
    assertThat(send(PAGE.replace("shop-key-1", "guess")).status()).isEqualTo(401);
    assertThat(send("{\"type\":\"page\"}").message()).contains("key is missing");
    assertThat(intake.taken()).isEmpty();
  }

  @Test
  void theBrowserIsToldBeforehandWhatItMaySend() throws Exception {
    Reply reply = Client.send(preflight(SHOP));
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
    assertThat(reply.header("Access-Control-Allow-Methods")).isEqualTo("POST");
    assertThat(reply.header("Access-Control-Allow-Headers"))
        .isEqualTo("Content-Type, X-Candor-Key");
    assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("7200");
    assertThat(reply.header("Vary")).isEqualTo("Origin");
    Reply other = Client.send(preflight("https://evil.test"));
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private HttpRequest.Builder preflight(String origin) {
    return client
        .anonymous(EVENTS)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
  }

  @Test
  void typesMethodsAndSizesAreChecked() throws Exception {
    for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE", "POS"}) {
      Reply reply =
          Client.send(
              client
                  .anonymous(EVENTS)
                  .header("Origin", SHOP)
                  .method(method, HttpRequest.BodyPublishers.noBody()));
      assertThat(reply.status()).as(method).isEqualTo(405);
      assertThat(reply.header("Allow")).isEqualTo("POST, OPTIONS");
    }
    for (String type :
        new String[] {
          "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/html"
        }) {
      Reply reply =
          Client.send(
              client
                  .anonymous(EVENTS)
                  .header("Content-Type", type)
                  .header("Origin", SHOP)
                  .POST(HttpRequest.BodyPublishers.ofString(PAGE)));
      assertThat(reply.status()).as(type).isEqualTo(415);
    }
    assertThat(
            Client.send(post(PAGE).header("Origin", SHOP).header("Content-Encoding", "gzip"))
                .status())
        .isEqualTo(415);
    assertThat(send(PAGE + " ".repeat(1 << 20)).status()).isEqualTo(413);
    assertThat(send(" ".repeat(1_000_000) + PAGE).status()).isEqualTo(202);
    assertThat(send("{").message()).startsWith("The body is not JSON");
  }

  @Test
  void aClientThatSendsTooMuchWaitsAndOtherProductsDoNot() throws Exception {
    core.products.bindProduct(
        TestProduct.of(SHOP).withKey("busy-key-1").withPerMinute("2").named("busy"));
    String busy = PAGE.replace("shop-key-1", "busy-key-1");
    assertThat(send(busy).status()).isEqualTo(202);
    assertThat(send(busy).status()).isEqualTo(202);
    Reply limited = send(busy);
    assertThat(limited.status()).isEqualTo(429);
    assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 31);
    assertThat(limited.header("Access-Control-Expose-Headers")).isEqualTo("Retry-After");
    assertThat(send(PAGE).status()).isEqualTo(202);
  }

  @Test
  void aFloodFromManyAddressesIsBoundedInAllAndCostsNoScriptThatSignsIn() throws Exception {
    core.products.bindProduct(
        TestProduct.of(SHOP).withKey("flood-key-1").withEventsPerSecond("1").named("flood"));
    String flood = PAGE.replace("shop-key-1", "flood-key-1");
    int taken = 0;
    for (int i = 1; i <= 60; i++) {
      taken += client.rawFrom("127.0.3." + i, SHOP, flood).startsWith("HTTP/1.1 202 ") ? 1 : 0;
    }
    assertThat(taken).isBetween(10, 20);
    Reply refused = send(flood);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.message()).startsWith("Too many events of product flood; try again in ");
    Reply script =
        Client.send(
            client
                .request(EVENTS)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(flood)));
    assertThat(script.status()).as("signed in").isEqualTo(202);
    assertThat(send(PAGE).status()).as("another product").isEqualTo(202);
  }

  @Test
  void whatCannotBeKeptIsToBeSentAgain() throws Exception {
    intake.broken = Optional.of(new IOException("disk full"));
    Reply full = send(PAGE);
    assertThat(full.status()).isEqualTo(503);
    assertThat(full.message()).contains("disk full", "None was taken");
    assertThat(full.header("Retry-After")).isEqualTo("5");
    core.products.unbindIntake(intake);
    assertThat(send(PAGE).status()).isEqualTo(503);
  }

  @Test
  void whatIsSentBeforeAllIsThereIsToBeSentAgain() throws Exception {
    for (ChannelState state :
        List.of(ChannelState.NO_SINK, ChannelState.NO_FORMATTER, ChannelState.UNCONFIGURED)) {
      intake.state = state;
      Reply early = send(PAGE);
      assertThat(early.status()).as(state.label()).isEqualTo(503);
      assertThat(early.message()).contains(state.label(), "None was taken");
      assertThat(early.header("Retry-After")).isEqualTo("5");
    }
    intake.state = ChannelState.OFF;
    assertThat(send(PAGE).status()).isEqualTo(202);

    core.later.set(Duration.ofSeconds(31));
    intake.state = ChannelState.NO_SINK;
    assertThat(send(PAGE).status()).isEqualTo(503);
    intake.state = ChannelState.UNCONFIGURED;
    assertThat(send(PAGE).response().body()).contains("\"taken\":0", "unconfigured");
  }

  @Test
  void whatIsNotConfiguredMayNotSend() throws Exception {
    for (TestProduct bad :
        new TestProduct[] {
          TestProduct.of("https://*.test"),
          TestProduct.of("https://new.test/"),
          TestProduct.of(""),
          TestProduct.of("https://new.test").withKey("short"),
          TestProduct.of("https://new.test").withEnabled("false"),
          TestProduct.of("https://new.test").withRoutes("/a?b"),
          TestProduct.of("https://new.test").withPerMinute("many")
        }) {
      core.products.bindProduct(bad.named("new"));
    }
    assertThat(Client.send(post(PAGE).header("Origin", "https://new.test")).status())
        .isEqualTo(403);
  }

  @Test
  void aScriptMaySignInInstead() throws Exception {
    String authorization = Client.basic("storageos", "storageos");
    Reply reply = Client.send(post(PAGE).header("Authorization", authorization));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(
            Client.send(post("{\"type\":\"page\"}").header("Authorization", authorization))
                .message())
        .contains("there are several");
    assertThat(
            Client.send(post(PAGE).header("Authorization", Client.basic("onlooker", "onlooker")))
                .status())
        .isEqualTo(403);
    assertThat(
            Client.send(post(PAGE).header("Authorization", Client.basic("storageos", "wrong")))
                .status())
        .isEqualTo(401);
    assertThat(
            Client.send(
                    post(PAGE)
                        .header("Authorization", authorization)
                        .header("Origin", "https://evil.test"))
                .status())
        .as("a browser that remembers the password")
        .isEqualTo(403);
  }

  @Test
  void theScriptIsSharedZippedAndKeptByBrowsers() throws Exception {
    Reply plain = Client.send(client.anonymous("/candor.js"));
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(plain.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(plain.header("Cache-Control")).isEqualTo("public, max-age=3600");
    String tag = plain.header("ETag");
    assertThat(
            Client.send(client.anonymous("/candor.js").header("If-None-Match", "\"x\", " + tag))
                .status())
        .isEqualTo(304);
    Reply zipped =
        Client.send(client.anonymous("/candor.js").header("Accept-Encoding", "br, gzip"));
    assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(Integer.parseInt(zipped.header("Content-Length"))).isLessThan(3 << 10);
    assertThat(zipped.header("ETag")).as("two representations").isNotEqualTo(tag);
    for (Reply known : new Reply[] {plain, zipped}) {
      for (String encoding : new String[] {"identity", "gzip"}) {
        boolean same = encoding.equals("gzip") == (known == zipped);
        assertThat(
                Client.send(
                        client
                            .anonymous("/candor.js")
                            .header("Accept-Encoding", encoding)
                            .header("If-None-Match", "W/" + known.header("ETag")))
                    .status())
            .isEqualTo(same ? 304 : 200);
      }
    }
    assertThat(client.method("POST", "/candor.js").status()).isEqualTo(405);
  }
}
