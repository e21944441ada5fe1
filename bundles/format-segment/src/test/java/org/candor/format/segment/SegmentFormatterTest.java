package org.candor.format.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.candor.api.source.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentFormatterTest {

  private final List<String> log = new ArrayList<>();
  private final SegmentFormatter formatter =
      new SegmentFormatter(FixedConfig.shipped(), new Notices(log::add, log::add));

  @Test
  void theUnitsOfTheDocumentsSampleGiveItsPropertiesKeyByKey() throws IOException {
    JsonObject sample = sample();
    Reports reports =
        Reports.empty()
            .text(FactNames.CLUSTER_ID, sample.get("clusterId").getAsString())
            .text(FactNames.PRODUCT_VERSION, sample.get("environmentVersion").getAsString())
            .text(FactNames.PROVIDER, sample.get("provider").getAsString())
            .text(FactNames.PRODUCT_VARIANT, sample.get("variant").getAsString());
    for (String unit : units(sample)) {
      reports.unit(
          unit.replaceAll("-(service|timer)$", ".$1"),
          sample.get("health-unit-" + unit + "-total").getAsLong(),
          sample.get("health-unit-" + unit + "-unhealthy").getAsLong());
    }

    JsonObject expected = sample.deepCopy();
    expected.addProperty("clusterId", "71159751-c28a-4a23-a279-d36ffc2fff40");
    expected.addProperty("customerKey", "");
    expected.addProperty("licenseId", "");
    expected.addProperty("platform", "");
    expected.addProperty("schemaVersion", 1);
    JsonObject properties = properties(only(reports.build()));
    assertThat(properties).isEqualTo(expected);
    assertThat(List.copyOf(properties.keySet())).isSorted();
  }

  @Test
  void theFrameIsWhatDcosSends() {
    Message message = only(Reports.empty().text(FactNames.CLUSTER_ID, "70b2\n").build());

    JsonObject json = json(message);
    assertThat(json.keySet())
        .containsExactly("type", "event", "anonymousId", "messageId", "timestamp", "properties");
    assertThat(json.get("type").getAsString()).isEqualTo("track");
    assertThat(json.get("event").getAsString()).isEqualTo("health").isEqualTo(message.name());
    assertThat(json.get("anonymousId").getAsString()).isEqualTo("70b2");
    assertThat(json.get("timestamp").getAsString()).isEqualTo("2026-11-21T18:59:09+0000");
    assertThat(UUID.fromString(json.get("messageId").getAsString())).hasToString(message.id());
    assertThat(message.mediaType()).isEqualTo("application/vnd.candor.segment-message+json");
  }

  @Test
  void aCustomerKeyIsTheUserId() {
    JsonObject json = json(only(Reports.empty().text(FactNames.CUSTOMER_KEY, "key").build()));
    assertThat(json.get("userId").getAsString()).isEqualTo("key");
    assertThat(properties(json).get("customerKey").getAsString()).isEqualTo("key");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HEALTH", "UI"})
  void otherReportsAreNotForSegment(ReportKind kind) {
    assertThat(formatter.format(Reports.maximal().build(kind))).isEmpty();
  }

  @Test
  void theSameUnitOfSeveralSourcesIsAddedUp() {
    JsonObject properties =
        properties(only(Reports.empty().unit("a.b", 2, 1).unit("a.b", 3, 1).build()));
    assertThat(properties.get("health-unit-a-b-total").getAsInt()).isEqualTo(5);
    assertThat(properties.get("health-unit-a-b-unhealthy").getAsInt()).isEqualTo(2);
    assertThat(log).isEmpty();
  }

  @Test
  void namesThatMeetUnderOneKeyAreAddedUpAndNamedOnce() {
    Report report = Reports.empty().unit("a.b", 2, 1).unit("a-b", 3, 1).build();
    formatter.format(report);
    JsonObject properties = properties(only(report));
    assertThat(properties.get("health-unit-a-b-total").getAsInt()).isEqualTo(5);
    assertThat(properties.get("health-unit-a-b-unhealthy").getAsInt()).isEqualTo(2);
    assertThat(log)
        .containsExactly(
            "Segment has one key for the units \"a.b\" and \"a-b\"; their counts are added up.");
  }

  @Test
  void aUnitWithoutNodesSaysNothingAndOneWhoseFailuresNobodyCountedSaysSo() {
    JsonObject properties =
        properties(
            only(
                Reports.empty()
                    .unit("gone", 0, 0)
                    .about(FactNames.UNIT_TOTAL, "uncounted", new Value.Count(1))
                    .about(FactNames.UNIT_TOTAL, "odd", new Value.Text("one"))
                    .build()));
    assertThat(properties.keySet())
        .filteredOn(key -> key.startsWith("health-unit-"))
        .containsExactly("health-unit-uncounted-total");
    assertThat(log).singleElement().asString().contains("unit.total", "wrong type");
  }

  @Test
  void nodesAndGapsAreNamedUnderOurOwnKeys() {
    JsonObject properties =
        properties(
            only(
                Reports.empty()
                    .count(FactNames.NODES_TOTAL, 5)
                    .count(FactNames.NODES_UNKNOWN, 2)
                    .gap("dcos", FailureReason.TIMEOUT)
                    .gap("karaf", FailureReason.FAILED)
                    .build()));
    assertThat(properties.get("nodes-total")).hasToString("5");
    assertThat(properties.get("nodes-unknown")).hasToString("2");
    assertThat(properties.get("partial").getAsString()).isEqualTo("dcos: timeout, karaf: failed");
  }

  @Test
  void packagesKeepTheirOrderAndMayShareAnId() {
    List<Message> messages =
        formatter.format(
            Reports.empty()
                .count(FactNames.PACKAGE_COUNT, 3)
                .about(FactNames.PACKAGE_NAME, "", new Value.Text("b"))
                .about(FactNames.PACKAGE_VERSION, "", new Value.Text("1"))
                .about(FactNames.PACKAGE_NAME, "", new Value.Text("a"))
                .about(FactNames.PACKAGE_VERSION, "", new Value.Text("2"))
                .about(FactNames.PACKAGE_NAME, "/x", new Value.Text("c"))
                .build());
    assertThat(messages).extracting(Message::name).containsExactly("health", "package_list");
    assertThat(properties(messages.get(1)).get("package_list"))
        .isEqualTo(
            JsonParser.parseString(
                """
                [{"appId":"","packageInformation":{"packageDefinition":{"name":"b","version":"1"}}},
                 {"appId":"","packageInformation":{"packageDefinition":{"name":"a","version":"2"}}},
                 {"appId":"/x","packageInformation":{"packageDefinition":{"name":"c","version":""}}}]
                """));
  }

  @Test
  void noPackagesIsSomethingToSay() {
    List<Message> messages =
        formatter.format(Reports.empty().count(FactNames.PACKAGE_COUNT, 0).build());
    assertThat(properties(messages.get(1)).get("package_list")).hasToString("[]");
  }

  @Test
  void mesosGivesTheFiguresThatExistAndItsFrameworks() {
    List<Message> messages =
        formatter.format(
            Reports.empty()
                .about(FactNames.MESOS_CPU_TOTAL, "", new Value.Measure(4))
                .about(FactNames.MESOS_CPU_USED, "", new Value.Measure(0.1))
                .about(FactNames.MESOS_MEM_USED, "", new Value.Measure(Double.NaN))
                .count(FactNames.MESOS_TASK_COUNT, 7)
                .about(FactNames.FRAMEWORK_NAME, "1", new Value.Text("marathon"))
                .about(FactNames.FRAMEWORK_NAME, "2", new Value.Text("marathon"))
                .build());
    assertThat(messages).extracting(Message::name).containsExactly("health", "mesos_track");
    assertThat(messages.get(1).body().utf8())
        .contains(
            "\"cpu_total\":4,\"cpu_used\":0.1,",
            "\"frameworks\":[{\"name\":\"marathon\"},{\"name\":\"marathon\"}]",
            "\"task_count\":7")
        .doesNotContain("mem_", "NaN");
    assertThat(log).singleElement().asString().contains("mesos.mem-used");
  }

  @Test
  void aLogLineHoldsNeitherLineBreaksNorEndlessNames() {
    formatter.format(
        Reports.empty()
            .unit("x.\n" + "y".repeat(900), 1, 0)
            .unit("x-\n" + "y".repeat(900), 1, 0)
            .build());
    assertThat(log).singleElement().asString().hasSizeLessThan(300).doesNotContain("\n");
  }

  private Message only(Report report) {
    List<Message> messages = formatter.format(report);
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static JsonObject json(Message message) {
    return JsonParser.parseString(message.body().utf8()).getAsJsonObject();
  }

  private static JsonObject properties(Message message) {
    return properties(json(message));
  }

  private static JsonObject properties(JsonObject json) {
    return json.getAsJsonObject("properties");
  }

  private static JsonObject sample() throws IOException {
    try (InputStream in = SegmentFormatterTest.class.getResourceAsStream("/dcos-sample.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JsonParser.parseString(text).getAsJsonObject();
    }
  }

  private static List<String> units(JsonObject sample) {
    return sample.entrySet().stream()
        .map(Map.Entry<String, JsonElement>::getKey)
        .filter(key -> key.startsWith("health-unit-") && key.endsWith("-total"))
        .map(key -> key.substring("health-unit-".length(), key.length() - "-total".length()))
        .toList();
  }
}
