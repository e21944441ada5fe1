package org.candor.console.asset;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.candor.console.FilesHandler;
import org.candor.console.PageHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files over a real socket, byte by byte: clients of their own tidy paths up. */
class AssetHandlerTest {

  private static final Path FOLDER = Path.of("src/main/resources/org/candor/console/page");

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/telemetry", new PageHandler());
    server.createContext("/telemetry/", new FilesHandler());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** An answer. */
  private record Answer(String head, byte[] body) {

    private String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    private String header(String name) {
      return head.lines()
          .filter(
              line ->
                  line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  private Answer ask(String method, String path, String... headers) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      String more = Stream.of(headers).map(h -> h + "\r\n").reduce("", String::concat);
      out.write(
          (method
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + more
                  + "\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      byte[] all = socket.getInputStream().readAllBytes();
      int end = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
      return new Answer(
          new String(all, 0, end, StandardCharsets.ISO_8859_1),
          Arrays.copyOfRange(all, end + 4, all.length));
    }
  }

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("index.html"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileIsServedAsItIs(String file) throws IOException {
    Answer answer = ask("GET", "/telemetry/" + file);
    assertThat(answer.head()).startsWith("HTTP/1.1 200");
    assertThat(answer.body()).isEqualTo(Files.readAllBytes(FOLDER.resolve(file)));
    assertThat(answer.header("Content-Type"))
        .isEqualTo(
            file.endsWith(".js")
                ? "text/javascript; charset=utf-8"
                : file.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml");
  }

  @Test
  void thePageNamesEveryModuleAndNothingFromElsewhereAndRunsNothingOfItsOwn() throws IOException {
    Answer page = ask("GET", "/telemetry");
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    List<String> named =
        Pattern.compile("(?:href|src)=\"([^#\"]*)\"")
            .matcher(page.text())
            .results()
            .map(found -> found.group(1))
            .map(path -> path.replace("/telemetry/", ""))
            .sorted()
            .toList();
    assertThat(named).isEqualTo(files());
    assertThat(page.header("Link")).isEqualTo("</telemetry/style.css>; rel=preload; as=style");
    assertThat(page.text())
        .doesNotContainPattern("<script>|<style|\\son\\w+=|\\sstyle=|javascript:|https?://");
  }

  @ParameterizedTest
  @MethodSource("files")
  void aModuleMakesNoMarkupOfTextAndNamesNoOtherHost(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file)).replace("http://www.w3.org/2000/svg", "");
    assertThat(text)
        .doesNotContain("://")
        .doesNotContainPattern(
            file.endsWith(".css")
                ? "@import|url\\("
                : "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function"
                    + "|DOMParser|srcdoc");
    List<String> imported =
        Pattern.compile("from \"([^\"]*)\"").matcher(text).results().map(first()).toList();
    assertThat(imported).allMatch(module -> Files.exists(FOLDER.resolve(module)));
  }

  private static Function<MatchResult, String> first() {
    return found -> found.group(1);
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() throws IOException {
    String plain = ask("GET", "/telemetry").header("ETag");
    String gzip = ask("GET", "/telemetry", "Accept-Encoding: gzip").header("ETag");
    assertThat(plain).matches("\"[\\w-]+\"").isNotEqualTo(gzip);
    for (String known : List.of(plain, "\"other\", W/" + plain, "*")) {
      Answer again = ask("GET", "/telemetry", "If-None-Match: " + known);
      assertThat(again.head()).startsWith("HTTP/1.1 304");
      assertThat(again.body()).isEmpty();
    }
    assertThat(ask("GET", "/telemetry", "If-None-Match: " + gzip).head())
        .startsWith("HTTP/1.1 200");
    assertThat(ask("GET", "/telemetry").header("Cache-Control")).isEqualTo("private, no-cache");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | true",
        "br, GZIP;q=0.5 | true",
        "gzip;q=1.0 | true",
        "gzip;q=0 | false",
        "gzip;q=0.000 | false",
        "identity | false",
        "br | false"
      })
  void itIsCompressedForThoseWhoTakeThat(String accepted, boolean gzip) throws IOException {
    Answer answer = ask("GET", "/telemetry/style.css", "Accept-Encoding: " + accepted);
    assertThat(answer.header("Content-Encoding")).isEqualTo(gzip ? "gzip" : "");
    assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
    try (InputStream in =
        gzip
            ? new GZIPInputStream(new ByteArrayInputStream(answer.body()))
            : new ByteArrayInputStream(answer.body())) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(FOLDER.resolve("style.css")));
    }
  }

  @Test
  void aHeadHasAllButTheBody() throws IOException {
    Answer head = ask("HEAD", "/telemetry/app.js");
    assertThat(head.head()).startsWith("HTTP/1.1 200");
    assertThat(head.header("Content-Length"))
        .isEqualTo(String.valueOf(Files.size(FOLDER.resolve("app.js"))));
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void nothingElseCanBeDoneWithIt(String method) throws IOException {
    Answer answer = ask(method, "/telemetry", "Content-Length: 0");
    assertThat(answer.head()).startsWith("HTTP/1.1 405");
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/telemetry/../asset/Assets.class",
        "/telemetry/%2e%2e/asset/Assets.class",
        "/telemetry/..%2fasset%2fAssets.class",
        "/telemetry/%2e%2e%5casset",
        "/telemetry//app.js",
        "/telemetry/./app.js",
        "/telemetry/app.js/",
        "/telemetry/app.js%00",
        "/telemetry/APP.JS",
        "/telemetry/index.html",
        "/telemetry/../../../../META-INF/MANIFEST.MF"
      })
  void nothingIsServedThatIsNotListed(String path) throws IOException {
    Answer answer = ask("GET", path);
    assertThat(answer.head()).startsWith("HTTP/1.1 404");
    assertThat(answer.text()).startsWith("{\"message\":\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/telemetry", "/telemetry/app.js", "/telemetry/nothing"})
  void everyAnswerKeepsThePageToItself(String path) throws IOException {
    Answer answer = ask("GET", path);
    assertThat(answer.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .endsWith("base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @Test
  void aSlashTooManyLeadsToThePage() throws IOException {
    Answer answer = ask("GET", "/telemetry/");
    assertThat(answer.head()).startsWith("HTTP/1.1 308");
    assertThat(answer.header("Location")).isEqualTo("/telemetry");
  }
}
