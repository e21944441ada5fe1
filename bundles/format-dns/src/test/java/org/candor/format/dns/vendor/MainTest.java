package org.candor.format.dns.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.candor.format.dns.QueryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private static final String NAME =
      new QueryName("00".repeat(16), "11".repeat(16), "2.4.0\u001b\u009b", "", "").encode();

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void makesAKeyAndAZone() throws Exception {
    String key = directory.resolve("key.pem").toString();
    String releases =
        Files.writeString(
                directory.resolve("releases.json"), "{\"product\":\"p\",\"newest\":\"2.0.0\"}")
            .toString();

    assertThat(run("key", key)).isZero();
    assertThat(out()).matches("[A-Za-z0-9_-]{43}\\R");
    assertThat(run("zone", releases, "--zone", "e.com", "--name-server", "ns.e.net", "--key", key))
        .isZero();
    assertThat(out()).contains("$ORIGIN e.com.", "@ IN NS ns.e.net.").doesNotContain("localhost");
    assertThat(err()).isEmpty();

    assertThat(run("key", key)).isEqualTo(1);
    assertThat(err()).contains("never overwritten").doesNotContain("usage");
  }

  @Test
  void readsANameForPeopleAndForScripts() {
    assertThat(run("decode", NAME + ".e.com.")).isZero();
    assertThat(out()).contains("Cluster id:              " + "00".repeat(16), "2.4.0??");

    assertThat(run("decode", NAME, "--json")).isZero();
    String json = out();
    assertThat(json).matches("[ -~]+\\R");
    assertThat(JsonParser.parseString(json))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"clusterId":"00000000000000000000000000000000",
                 "nodeId":"11111111111111111111111111111111",
                 "version":"2.4.0\\u001b\\u009b","kubernetesVersion":null,"kubernetesDistro":null}
                """));

    assertThat(run("decode", "--json", "any.v1.e.com")).isZero();
    assertThat(JsonParser.parseString(out()).getAsJsonObject().asMap().values())
        .hasSize(5)
        .allMatch(JsonElement::isJsonNull);
  }

  @Test
  void saysWhatIsNoName() {
    assertThat(run("decode", "example.com\u001b[31m")).isEqualTo(1);
    assertThat(err()).startsWith("There is no query name in example.com?[31m;");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keys",
        "key",
        "key a b",
        "zone",
        "zone r",
        "zone --zone",
        "zone --zone e.com r",
        "zone --zone e.com --key k",
        "zone --zone a --zone b --key k r",
        "decode",
        "decode a b",
        "key a\0b"
      })
  void showsHowItIsUsed(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err()).contains("usage: java -jar");
    assertThat(out()).isEmpty();
  }

  @Test
  void helps() {
    assertThat(run("--help")).isZero();
    assertThat(out()).startsWith("usage: java -jar");
  }

  /** In a JVM that has this bundle's classes and gson's, as the jar has, and no other. */
  @Test
  void needsNeitherKarafNorTheApi() throws Exception {
    Path key = directory.resolve("key.pem");
    Path releases =
        Files.writeString(
            directory.resolve("releases.json"), "{\"product\":\"p\",\"newest\":\"2.0.0\"}");

    assertThat(java("key", key.toString())).matches("[A-Za-z0-9_-]{43}\\R");
    assertThat(java("zone", "--zone", "e.com", "--key", key.toString(), releases.toString()))
        .contains("*.v1 IN TXT");
    assertThat(java("decode", "--json", NAME)).startsWith("{\"clusterId\":\"0000");
  }

  private String java(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                place(Main.class) + System.getProperty("path.separator") + place(Gson.class),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
      return Files.readString(output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return new Main(stream(out), stream(err), Clock.systemUTC()).run(List.of(arguments));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
