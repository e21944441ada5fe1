package org.candor.core.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.candor.core.feature.Features.Kind;
import org.junit.jupiter.api.Test;

/** The table holds what the features of this build bring, all of it and nothing else. */
class FeaturesTest {

  private static final Path BUNDLES = Path.of("..");
  private static final Pattern FEATURE =
      Pattern.compile(
          "<feature name=\"([^\"]+)\"(.*?)</feature>\\s*(?=<feature name|</features|<!--)",
          Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile("finalname=\"\\$\\{karaf\\.etc}/(org\\.candor\\.[^\"]+)\\.cfg\"");
  private static final Pattern BUNDLE =
      Pattern.compile("mvn:org\\.candor/org\\.candor\\.([^/]+)/[^/]+</bundle>");
  private static final Pattern PID =
      Pattern.compile("(?:PID = |configurationPid = )\"(org\\.candor\\.[^\"]+)\"");
  private static final Pattern NAME = Pattern.compile("@(Sink|Formatter)Name\\(\"([^\"]+)\"\\)");

  private final Features features = Features.ofThisBuild();

  @Test
  void theTableIsThatOfTheFeatures() throws IOException {
    Map<String, String> brought = new TreeMap<>();
    String all = Files.readString(BUNDLES.resolve("../features/src/main/feature/feature.xml"));
    List<MatchResult> found = FEATURE.matcher(all).results().toList();
    assertThat(found).as("features").hasSizeGreaterThan(10);
    for (MatchResult feature : found) {
      for (String what : brought(feature.group(2))) {
        brought.putIfAbsent(what, feature.group(1));
      }
    }
    assertThat(table()).isEqualTo(brought);
  }

  @Test
  void whatBringsAFileIsKnownByThePidOrThatOfTheFactory() {
    assertThat(features.reading("org.candor.sink.dns")).contains("candor-dns");
    assertThat(features.reading("org.candor.channel")).contains("candor");
    assertThat(features.isFactory("org.candor.channel")).isTrue();
    assertThat(features.isFactory("org.candor.sink.dns")).isFalse();
    assertThat(features.reading("org.candor.sink.dsn")).isEmpty();
    assertThat(features.pids()).contains("org.candor.channel", "org.candor.sink.dns");
    assertThat(features.names(Kind.SINK)).contains("file").doesNotContain("fiel");
    assertThat(features.bringing(Kind.FORMATTER, "file")).isEmpty();
  }

  private static List<String> brought(String feature) throws IOException {
    List<String> brought = new ArrayList<>();
    for (MatchResult file : FILE.matcher(feature).results().toList()) {
      if (!file.group(1).startsWith("org.candor.channel-")) {
        brought.add("file." + file.group(1));
      }
    }
    for (MatchResult bundle : BUNDLE.matcher(feature).results().toList()) {
      for (String source : sources(BUNDLES.resolve(bundle.group(1).replace('.', '-')))) {
        for (MatchResult pid : PID.matcher(source).results().toList()) {
          brought.add("file." + pid.group(1) + (isFactory(source, pid.group(1)) ? "-NAME" : ""));
        }
        for (MatchResult name : NAME.matcher(source).results().toList()) {
          brought.add(name.group(1).toLowerCase(java.util.Locale.ROOT) + "." + name.group(2));
        }
      }
    }
    return brought;
  }

  private static boolean isFactory(String source, String pid) {
    return source.contains("etc/" + pid + "-NAME.cfg");
  }

  private static List<String> sources(Path bundle) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(bundle.resolve("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }

  private static Map<String, String> table() throws IOException {
    Properties properties = new Properties();
    try (var in = Features.class.getResourceAsStream("features.properties")) {
      properties.load(in);
    }
    Map<String, String> table = new TreeMap<>();
    properties.forEach((what, feature) -> table.put(what.toString(), feature.toString()));
    return table;
  }
}
