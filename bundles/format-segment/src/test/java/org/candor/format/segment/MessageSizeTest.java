package org.candor.format.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Message;
import org.candor.api.source.FailureReason;
import org.junit.jupiter.api.Test;

class MessageSizeTest {

  private static final String HUGE = "x".repeat(40_000);

  private final List<String> warnings = new ArrayList<>();
  private final List<String> infos = new ArrayList<>();
  private final SegmentFormatter formatter =
      new SegmentFormatter(FixedConfig.shipped(), new Notices(warnings::add, infos::add));

  @Test
  void aLargeReportIsSplitWithoutLosingOrRepeatingAnything() {
    Reports reports = Reports.maximal();
    for (int i = 0; i < 2000; i++) {
      reports.unit("unit-%04d.service".formatted(i), i + 1, i);
    }
    List<Message> messages =
        formatter.format(reports.build()).stream().filter(m -> m.name().equals("health")).toList();

    Map<String, Integer> seen = new TreeMap<>();
    int part = 0;
    for (Message message : messages) {
      JsonObject properties = properties(message);
      assertThat(message.body().size()).isLessThanOrEqualTo(32_000);
      assertThat(properties.get("part").getAsString()).isEqualTo(++part + "/" + messages.size());
      assertThat(properties.keySet()).contains("clusterId", "partial", "schemaVersion");
      properties.keySet().forEach(key -> seen.merge(key, 1, Integer::sum));
    }
    assertThat(messages).hasSizeBetween(6, 8).extracting(Message::id).doesNotHaveDuplicates();
    for (int i = 0; i < 2000; i++) {
      String key = "health-unit-unit-%04d-service".formatted(i);
      assertThat(seen).containsEntry(key + "-total", 1).containsEntry(key + "-unhealthy", 1);
    }
    assertThat(seen).containsEntry("nodes-total", 1).doesNotContainKey("omitted");
    assertThat(infos).singleElement().asString().contains("health", messages.size() + " parts");
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatFitsIsNotSplit() {
    Reports reports = Reports.maximal();
    for (int i = 0; i < 200; i++) {
      reports.unit("unit-%04d.service".formatted(i), 1, 0);
    }
    assertThat(formatter.format(reports.build())).hasSize(3);
    assertThat(infos).isEmpty();
  }

  @Test
  void packagesAndFrameworksAreSplitToo() {
    Reports reports = Reports.maximal();
    for (int i = 0; i < 500; i++) {
      reports.about(FactNames.PACKAGE_NAME, "/" + i, new Value.Text("package"));
      reports.about(FactNames.FRAMEWORK_NAME, "" + i, new Value.Text("f".repeat(100)));
    }
    List<String> apps = new ArrayList<>();
    int frameworks = 0;
    int cpus = 0;
    for (Message message : formatter.format(reports.build())) {
      JsonObject properties = properties(message);
      if (message.name().equals("package_list")) {
        properties
            .getAsJsonArray("package_list")
            .forEach(entry -> apps.add(entry.getAsJsonObject().get("appId").getAsString()));
      } else if (message.name().equals("mesos_track")) {
        frameworks += properties.getAsJsonArray("frameworks").size();
        cpus += properties.has("cpu_total") ? 1 : 0;
      }
      assertThat(message.body().size()).isLessThanOrEqualTo(32_000);
    }
    assertThat(apps).hasSize(501).startsWith("/app", "/0", "/1").endsWith("/499");
    assertThat(frameworks).isEqualTo(501);
    assertThat(cpus).isEqualTo(1);
    assertThat(infos).hasSize(1);
  }

  @Test
  void whatIsTooLargeByItselfIsCountedAndNamedOnce() {
    Reports reports =
        Reports.maximal()
            .unit(HUGE, 1, 0)
            .about(FactNames.PACKAGE_NAME, HUGE, new Value.Text("p"))
            .about(FactNames.FRAMEWORK_NAME, "", new Value.Text(HUGE));
    formatter.format(reports.build());
    List<Message> messages = formatter.format(reports.build());
    assertThat(messages).hasSize(3);
    for (Message message : messages) {
      assertThat(message.body().size()).isLessThan(2000);
      assertThat(properties(message).get("omitted").getAsInt()).isEqualTo(1);
      assertThat(properties(message).has("part")).isFalse();
    }
    assertThat(warnings).hasSize(3).allMatch(line -> line.length() < 300);
  }

  @Test
  void evenHugeCommonValuesLeaveRoom() {
    Reports reports = Reports.empty();
    Arrays.asList(
            FactNames.CLUSTER_ID,
            FactNames.CUSTOMER_KEY,
            FactNames.LICENSE_ID,
            FactNames.PLATFORM,
            FactNames.PROVIDER,
            FactNames.PRODUCT_VARIANT)
        .forEach(name -> reports.text(name, "\u0001".repeat(Common.TEXT_LIMIT / 6 - 1)));
    reports.text(FactNames.PRODUCT_VERSION, HUGE);
    for (int i = 0; i < 100; i++) {
      reports.gap("source-" + i + "-" + "é".repeat(100), FailureReason.FAILED);
    }
    reports.unit("unit", 1, 0);
    List<Message> messages = formatter.format(reports.build());
    JsonObject properties = properties(messages.get(0));
    int named = properties.get("partial").getAsString().split(", ").length;
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).body().size()).isLessThan(32_000 - 10_000);
    assertThat(properties.get("environmentVersion").getAsString()).isEmpty();
    assertThat(named).isBetween(10, 30);
    assertThat(properties.get("omitted").getAsInt()).isEqualTo(1 + 100 - named);
  }

  @Test
  void nothingIsEverLargerThanSegmentTakes() {
    Random random = new Random(7);
    for (int round = 0; round < 100; round++) {
      Reports reports = Reports.maximal();
      for (int i = 0; i < random.nextInt(60); i++) {
        reports.unit(text(random), 1, 0);
        reports.about(FactNames.FRAMEWORK_NAME, "", new Value.Text(text(random)));
      }
      assertThat(formatter.format(reports.build()))
          .allSatisfy(
              message -> {
                assertThat(message.body().size()).isLessThanOrEqualTo(32_000);
                properties(message);
              });
    }
  }

  @Test
  void partsAreFilledToTheBrimAndNoFurther() {
    int largest = 0;
    for (int length = 0; length < 16; length++) {
      Reports reports =
          Reports.empty()
              .text(FactNames.CLUSTER_ID, "c".repeat(length))
              .count(FactNames.MESOS_TASK_COUNT, 1)
              .about(FactNames.FRAMEWORK_NAME, "", new Value.Text(HUGE));
      for (int i = 0; i < 5000; i++) {
        reports.about(FactNames.FRAMEWORK_NAME, "", new Value.Text("f"));
      }
      for (Message message : formatter.format(reports.build())) {
        largest = Math.max(largest, message.body().size());
      }
    }
    assertThat(largest).isBetween(31_900, 32_000);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(3000);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x11000) : 'a');
    }
    return text.toString();
  }

  private static JsonObject properties(Message message) {
    return JsonParser.parseString(message.body().utf8())
        .getAsJsonObject()
        .getAsJsonObject("properties");
  }
}
