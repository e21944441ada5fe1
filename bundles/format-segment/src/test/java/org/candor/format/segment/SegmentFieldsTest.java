package org.candor.format.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.junit.jupiter.api.Test;

class SegmentFieldsTest {

  private static final String SECRET = "s3cret";

  private final SegmentFormatter formatter =
      new SegmentFormatter(FixedConfig.shipped(), new Notices(line -> {}, line -> {}));
  private final FieldCatalogue catalogue = formatter.fields();

  @Test
  void everyKeyThatIsEmittedIsInTheCatalogueAndTheOtherWayRound() {
    Reports reports = Reports.maximal().unit("x".repeat(40_000), 1, 0);
    for (int i = 0; i < 500; i++) {
      reports.unit("unit." + i, 1, 0);
    }
    Set<String> emitted = keys(formatter.format(reports.build()));
    emitted.addAll(keys(formatter.format(Reports.maximal().build(ReportKind.UI))));

    assertThat(emitted).allMatch(catalogue::covers);
    assertThat(catalogue.fields())
        .allMatch(field -> emitted.stream().anyMatch(field::covers), "is emitted");
  }

  @Test
  void everyFieldIsExplained() {
    assertThat(catalogue.fields()).extracting(Field::name).doesNotHaveDuplicates();
    assertThat(catalogue.fields())
        .allMatch(field -> field.meaning().length() > 10 && field.why().length() > 10)
        .allMatch(field -> field.since().equals("0.1.0"));
  }

  @Test
  void theFormatterNeedsNoFactBeyondItsCatalogue() {
    for (Report report : maximal()) {
      assertThat(bodies(report.only(catalogue.facts()))).isEqualTo(bodies(report));
    }
  }

  @Test
  void theFormatterUsesEveryFactOfItsCatalogue() {
    for (String fact : catalogue.facts()) {
      Set<String> without = new TreeSet<>(catalogue.facts());
      without.remove(fact);
      assertThat(maximal())
          .as(fact)
          .anyMatch(report -> !bodies(report.only(without)).equals(bodies(report)));
    }
  }

  private static List<Report> maximal() {
    return List.of(Reports.maximal().build(), Reports.maximal().build(ReportKind.UI));
  }

  @Test
  void noOtherFactGetsIn() {
    Random random = new Random(11);
    List<String> singular =
        catalogue.facts().stream()
            .filter(name -> !name.startsWith("unit.") && !name.startsWith("package."))
            .filter(name -> !name.startsWith("ui."))
            .toList();
    for (int round = 0; round < 300; round++) {
      Reports reports = Reports.maximal();
      for (int i = 0; i < 20; i++) {
        reports.about(unknownName(random), SECRET, secret(random));
      }
      for (ReportKind kind : List.of(ReportKind.HEALTH, ReportKind.UI)) {
        Report known = reports.build(kind);
        Report report = withSecretSubjects(known, singular).only(catalogue.facts());
        assertThat(formatter.format(report))
            .allSatisfy(
                message -> assertThat(message.body().utf8()).doesNotContain(SECRET, "8675309"));
      }
    }
  }

  private static Report withSecretSubjects(Report report, List<String> singular) {
    List<Fact> facts =
        report.facts().stream()
            .map(
                fact ->
                    singular.contains(fact.name())
                        ? new Fact(fact.name(), SECRET, fact.value())
                        : fact)
            .toList();
    return new Report(report.kind(), report.at(), facts, report.gaps());
  }

  private String unknownName(Random random) {
    List<String> known = List.copyOf(new TreeSet<>(catalogue.facts()));
    String near = known.get(random.nextInt(known.size()));
    return switch (random.nextInt(4)) {
      case 0 -> near + ".x";
      case 1 -> "x." + near;
      case 2 -> FactNames.NODE_ID;
      default -> near + "-" + random.nextInt(100);
    };
  }

  private static Value secret(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Value.Text(SECRET);
      case 1 -> new Value.Count(8675309);
      default -> new Value.Measure(8675309.5);
    };
  }

  private List<String> bodies(Report report) {
    return formatter.format(report).stream()
        .map(message -> message.body().utf8().replace(message.id(), ""))
        .toList();
  }

  private static Set<String> keys(List<Message> messages) {
    Set<String> keys = new TreeSet<>();
    for (Message message : messages) {
      JsonObject json = JsonParser.parseString(message.body().utf8()).getAsJsonObject();
      Optional<JsonElement> properties = Optional.ofNullable(json.remove("properties"));
      flatten("", json, keys);
      properties.ifPresent(own -> flatten("", own, keys));
    }
    return keys;
  }

  private static void flatten(String path, JsonElement json, Set<String> keys) {
    if (json.isJsonObject()) {
      for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
        flatten(
            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), keys);
      }
    } else if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(element -> flatten(path + "[]", element, keys));
    } else {
      keys.add(path);
    }
  }
}
