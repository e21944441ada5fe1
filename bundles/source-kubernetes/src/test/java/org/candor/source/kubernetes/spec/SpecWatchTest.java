package org.candor.source.kubernetes.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.Eventually;
import org.candor.http.testing.Misbehaviour;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.SocketServer.Script;
import org.candor.http.testing.Visit;
import org.candor.source.kubernetes.FakeKubernetes;
import org.candor.source.kubernetes.api.ApiServerAccess;
import org.candor.source.kubernetes.api.ApiServerClient;
import org.candor.source.kubernetes.api.KindName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server on a real socket, at its best and at its worst. */
@Timeout(20)
class SpecWatchTest {

  private static final String NO = "{\"disableTelemetry\":true}";
  private static final String YES = "{\"disableTelemetry\":false}";
  private static final SpecWatch.Pace QUICK =
      new SpecWatch.Pace(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(30));

  @TempDir Path folder;
  private final LocalTransport http = LocalTransport.open();
  private final Told told = new Told();
  private FakeKubernetes api;
  private Optional<SpecWatch> watch = Optional.empty();

  @BeforeEach
  void open() throws Exception {
    api = FakeKubernetes.http();
  }

  @AfterEach
  void close() throws Exception {
    watch.ifPresent(SpecWatch::close);
    assertThat(threads()).isEmpty();
    http.close();
    api.close();
  }

  @Test
  void aChangeIsToldAtOnceAtTheUsualPace() {
    api.put("example", NO);
    follow("", SpecWatch.Pace.USUAL);
    told.await(LayerAnswer.FORBIDS);
    assertThat(told.last().words()).containsOnly(LayerAnswer.FORBIDS);
    assertThat(told.usage().why())
        .isEqualTo("spec.disableTelemetry = true in StorageOSCluster storageos/example");
    api.put("example", YES);
    told.await(LayerAnswer.ALLOWS);
    api.put("example", "{\"secretRefName\":\"x\"}");
    told.await(LayerAnswer.SILENT);
    api.put("example", NO);
    told.await(LayerAnswer.FORBIDS);
    api.delete("example");
    told.await(LayerAnswer.SILENT);
    assertThat(told.usage().why()).isEqualTo("there is no StorageOSCluster");
    assertThat(api.asked())
        .containsExactly(
            "/apis/storageos.com/v1/namespaces/storageos/storageosclusters",
            "/apis/storageos.com/v1/namespaces/storageos/storageosclusters?watch=true"
                + "&allowWatchBookmarks=true&timeoutSeconds=60&resourceVersion=101");
  }

  @Test
  void aSpecificationThatFlapsIsADenialUntilItIsCalm() {
    api.put("example", YES);
    follow("", SpecWatch.Pace.USUAL);
    told.await(LayerAnswer.ALLOWS);
    api.put("example", NO);
    told.await(LayerAnswer.FORBIDS);
    int before = told.count();
    for (int i = 0; i < 400; i++) {
      api.put("example", i % 2 == 0 ? YES : NO);
      assertThat(told.usage().answer()).isEqualTo(LayerAnswer.FORBIDS);
    }
    api.put("example", YES);
    // What was put has to come through first.
    Eventually.is(() -> told.usage().answer() == LayerAnswer.ALLOWS);
    assertThat(told.count() - before).isLessThan(15);
  }

  @Test
  void theStrictestOfSeveralWins() {
    api.put("a", YES).put("b", "{\"disableCrashReporting\":true}").put("c", YES);
    follow("");
    told.await(LayerAnswer.ALLOWS);
    assertThat(told.last().verdict(Purpose.ERRORS).answer()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(told.last().verdict(Purpose.ERRORS).why()).endsWith("storageos/b");
    api.put("d", NO);
    told.await(LayerAnswer.FORBIDS);
    assertThat(told.usage().why()).endsWith("storageos/d");
  }

  @Test
  void anotherNameIsNotMeant() {
    api.put("other", NO).put("mine", YES);
    follow("mine");
    told.await(LayerAnswer.ALLOWS);
    api.put("other", "{}").put("other", NO).put("mine", "{}");
    told.await(LayerAnswer.SILENT);
    assertThat(api.asked().get(0)).endsWith("?fieldSelector=metadata.name%3Dmine");
    assertThat(api.asked().get(1)).contains("?fieldSelector=metadata.name%3Dmine&watch=true");
  }

  @Test
  void aNamedResourceThatIsMissingIsNoAnswer() {
    follow("mine");
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.UNKNOWN);
    assertThat(told.usage().why()).contains("there is no StorageOSCluster mine");
    api.put("mine", NO);
    told.await(LayerAnswer.FORBIDS);
    told.await(reading -> reading.trouble().isEmpty());
    api.delete("mine");
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.FORBIDS);
    assertThat(told.usage().why()).contains("perhaps out of date", "there is no StorageOSCluster");
    api.put("mine", YES);
    told.await(LayerAnswer.ALLOWS);
  }

  static Stream<Script> noLists() {
    return Stream.of(
        FakeKubernetes.status(401),
        FakeKubernetes.status(403),
        FakeKubernetes.status(404),
        FakeKubernetes.status(500),
        FakeKubernetes.status(302),
        FakeKubernetes.body(""),
        FakeKubernetes.body("{}"),
        FakeKubernetes.body("[]"),
        FakeKubernetes.body("<html>Log in</html>"),
        FakeKubernetes.body("{\"metadata\":{\"resourceVersion\":\"1\"}}"),
        FakeKubernetes.body("{\"items\":[]}"),
        FakeKubernetes.body("{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":["),
        FakeKubernetes.body("{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{}]}"),
        FakeKubernetes.body("{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}{}"),
        FakeKubernetes.body(
            "{\"metadata\":{\"resourceVersion\":\"1\",\"continue\":\"x\"},\"items\":[]}"),
        FakeKubernetes.body(
            "{\"metadata\":{\"resourceVersion\":\"1\"},"
                + "\"items\":[{\"metadata\":{\"name\":\"a\"},\"spec\":\"disableTelemetry\"}]}"),
        FakeKubernetes.body(
            "{\"metadata\":{\"resourceVersion\":\"1\"},\"x\":\""
                + "x".repeat(8 << 20)
                + "\",\"items\":[]}"),
        visit -> visit.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"),
        visit -> visit.write("220 mail.example ESMTP\r\n\r\n"),
        Visit::reset);
  }

  @ParameterizedTest
  @MethodSource("noLists")
  void whatCannotBeReadIsNoYes(Script trouble) {
    api.lists(trouble);
    follow("");
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.last().words()).containsOnly(LayerAnswer.UNKNOWN);
    api.put("example", NO);
    api.listsAsUsual();
    told.await(LayerAnswer.FORBIDS);
    told.await(reading -> reading.trouble().isEmpty());

    api.lists(trouble);
    api.cut();
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.last().words()).containsOnly(LayerAnswer.FORBIDS);
    assertThat(told.usage().why())
        .startsWith("spec.disableTelemetry = true in StorageOSCluster storageos/example; perhaps")
        .contains(": GET " + api.url() + "/apis/storageos.com/v1/");
    api.put("example", YES);
    api.listsAsUsual();
    told.await(LayerAnswer.ALLOWS);
  }

  @Test
  void aVersionThatIsTooOldHasAllListedAnew() {
    api.put("example", YES);
    follow("");
    told.await(LayerAnswer.ALLOWS);
    int before = api.asked().size();
    api.say("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n");
    told.await(reading -> api.asked().size() >= before + 2);
    assertThat(told.last().trouble()).isEmpty();

    api.watches(FakeKubernetes.status(410));
    api.cut();
    api.put("example", NO);
    told.await(LayerAnswer.FORBIDS);
    told.await(reading -> reading.trouble().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"MODIFIED\",\"obj",
        "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"name\":\"example\"},\"spec\":[]}}\n",
        "{\"type\":\"MODIFIED\",\"object\":{}}\n",
        "{\"type\":\"ERROR\",\"object\":{\"code\":500}}\n",
        "no JSON\n",
        "[1]\n"
      })
  void aLineThatCannotBeReadHasAllListedAnew(String line) {
    api.put("example", YES);
    follow("");
    told.await(LayerAnswer.ALLOWS);
    api.say(line);
    api.put("example", NO);
    if (!line.endsWith("\n")) {
      api.cut();
    }
    told.await(LayerAnswer.FORBIDS);
    told.await(reading -> reading.trouble().isEmpty());
  }

  @Test
  void aLineWithoutEndIsNotKept() {
    api.put("example", YES);
    follow("");
    told.await(LayerAnswer.ALLOWS);
    api.say("x".repeat((8 << 20) + 1));
    told.await(reading -> reading.trouble().isPresent());
    api.put("example", NO);
    told.await(LayerAnswer.FORBIDS);
  }

  @Test
  void aConnectionThatBreaksIsMadeAnew() {
    api.put("example", YES);
    follow("");
    told.await(LayerAnswer.ALLOWS);
    api.lists(FakeKubernetes.status(500));
    api.cut();
    api.put("example", NO);
    api.listsAsUsual();
    told.await(LayerAnswer.FORBIDS);
  }

  @Test
  void whoMayNotWatchIsToldSoAndStillReads() {
    api.watches(FakeKubernetes.status(403));
    api.put("example", YES);
    follow("");
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.usage().why()).contains("spec.disableTelemetry = false", "answered 403");
    api.put("example", NO);
    told.await(LayerAnswer.FORBIDS);
    assertThat(told.last().trouble()).isPresent();
    api.watchesAsUsual();
    told.await(reading -> reading.trouble().isEmpty());
  }

  @Test
  void aBookmarkMovesTheVersionOn() {
    api.put("example", YES);
    follow("");
    told.await(LayerAnswer.ALLOWS);
    int before = told.count();
    api.say("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"900\"}}}\n\n");
    told.await(reading -> told.count() > before);
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.ALLOWS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Misbehaviour.class,
      names = {"HANGS", "HANGS_AFTER_HEADERS", "DRIPS"})
  void closingEndsWhateverIsWaitedFor(Misbehaviour misbehaviour) throws Exception {
    try (SocketServer server = SocketServer.http(misbehaviour)) {
      follow(new ApiServerAccess(server.uri(""), Optional.empty(), Optional.empty()), "", QUICK);
      server.awaitVisit();
      long began = System.nanoTime();
      watch.orElseThrow().close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
      assertThat(threads()).isEmpty();
      assertThat(told.count()).isZero();
    }
  }

  @Test
  void closingEndsAWatchThatIsSilent() {
    api.put("example", YES);
    follow("", SpecWatch.Pace.USUAL);
    told.await(LayerAnswer.ALLOWS);
    told.await(reading -> api.asked().size() == 2);
    long began = System.nanoTime();
    watch.orElseThrow().close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    assertThat(threads()).isEmpty();
  }

  @Test
  void theTokenIsReadForEachConnection() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "one\n");
    api.put("example", YES);
    api.requireToken("one");
    follow(
        new ApiServerAccess(URI.create(api.url()), Optional.of(token), Optional.empty()),
        "",
        QUICK);
    told.await(reading -> told.count() == 2);
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.ALLOWS);
    api.requireToken("two");
    api.put("example", NO);
    told.await(LayerAnswer.FORBIDS);
    api.cut();
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.usage().why())
        .contains("401", token + " is not accepted")
        .doesNotContain("one ");
    Files.writeString(token, "two");
    told.await(reading -> reading.trouble().isEmpty());
    Files.writeString(token, "");
    api.cut();
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.usage().why()).contains("tokenFile = " + token + " is empty");
    Files.delete(token);
    told.await(reading -> reading.trouble().orElseThrow().why().contains("does not exist"));
    assertThat(told.usage().answer()).isEqualTo(LayerAnswer.FORBIDS);
  }

  @Test
  void onlyAServerOfTheAuthorityIsAsked() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    Path ca = folder.resolve("ca.crt");
    try (FakeKubernetes secure = FakeKubernetes.https()) {
      secure.put("example", NO);
      Files.writeString(ca, "");
      follow(
          new ApiServerAccess(URI.create(secure.url()), Optional.of(token), Optional.of(ca)),
          "",
          QUICK);
      told.await(reading -> reading.trouble().isPresent());
      assertThat(told.usage().why()).contains(ca + " holds no certificate");
      Path authority = SocketServer.authority(folder);
      Files.write(ca, Files.readAllBytes(authority));
      told.await(LayerAnswer.FORBIDS);
      watch.orElseThrow().close();

      follow(
          new ApiServerAccess(URI.create(secure.url()), Optional.of(token), Optional.empty()),
          "",
          QUICK);
      int before = secure.requests().size();
      told.await(LayerAnswer.UNKNOWN);
      assertThat(told.usage().why()).contains("certificate that is not trusted");
      assertThat(secure.requests()).hasSize(before);
    }
  }

  @Test
  void theNamespaceOfThePodIsReadFromItsFile() throws Exception {
    api.put("example", NO);
    Path file = folder.resolve("namespace");
    Selection selection = new Selection(KindName.of("StorageOSCluster"), "", "", Optional.of(file));
    follow(
        new ApiServerAccess(URI.create(api.url()), Optional.empty(), Optional.empty()),
        selection,
        QUICK);
    told.await(reading -> reading.trouble().isPresent());
    assertThat(told.usage().why()).contains(file + " cannot be read");
    Files.writeString(file, "candor\n");
    told.await(LayerAnswer.FORBIDS);
    assertThat(api.asked().get(0)).endsWith("/namespaces/candor/storageosclusters");
  }

  private void follow(String name) {
    follow(name, QUICK);
  }

  private void follow(String name, SpecWatch.Pace pace) {
    follow(
        new ApiServerAccess(URI.create(api.url()), Optional.empty(), Optional.empty()), name, pace);
  }

  private void follow(ApiServerAccess access, String name, SpecWatch.Pace pace) {
    follow(
        access,
        new Selection(KindName.of("StorageOSCluster"), name, "storageos", Optional.empty()),
        pace);
  }

  private void follow(ApiServerAccess access, Selection selection, SpecWatch.Pace pace) {
    SpecWatch started = new SpecWatch(selection, new ApiServerClient(http, access), pace, told);
    watch = Optional.of(started);
    started.start();
  }

  private static Stream<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("candor-kubernetes"));
  }
}
