package org.candor.format.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.junit.jupiter.api.Test;

/** What people do in a product's web page, as DC/OS's page told Segment. */
class WebEventsTest {

  private final List<String> log = new ArrayList<>();
  private final SegmentFormatter formatter =
      new SegmentFormatter(FixedConfig.shipped(), new Notices(log::add, log::add));

  @Test
  void aLoginIsAnIdentifyAndATrackWithDistinctIdentities() {
    List<Message> messages = format(Reports.web().event(0, "login"));

    assertThat(messages).extracting(Message::name).containsExactly("identify", "dcos_login");
    JsonObject identify = json(messages.get(0));
    JsonObject track = json(messages.get(1));
    assertThat(identify)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type":"identify","userId":"u5er","messageId":"%s",
                 "timestamp":"2026-11-21T18:59:09.876Z",
                 "traits":{"appVersion":"4.5","clusterId":"70b2","product":"shop",
                           "version":"2.0.0"}}"""
                    .formatted(messages.get(0).id())));
    assertThat(track)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type":"track","userId":"u5er","messageId":"%s",
                 "timestamp":"2026-11-21T18:59:09.876Z","event":"dcos_login",
                 "properties":{"appVersion":"4.5","clusterId":"70b2","product":"shop",
                               "version":"2.0.0"}}"""
                    .formatted(messages.get(1).id())));
    assertThat(messages.get(0).id()).isNotEqualTo(messages.get(1).id());
    assertThat(messages)
        .allSatisfy(message -> assertThat(UUID.fromString(message.id())).hasToString(message.id()));
  }

  @Test
  void aLogoutIsATrack() {
    List<Message> messages = format(Reports.web().event(0, "logout"));

    assertThat(messages).extracting(Message::name).containsExactly("dcos_logout");
    JsonObject json = json(messages.get(0));
    assertThat(json.get("type").getAsString()).isEqualTo("track");
    assertThat(json.get("event").getAsString()).isEqualTo("dcos_logout");
    assertThat(json.getAsJsonObject("properties").keySet())
        .containsExactly("appVersion", "clusterId", "product", "version");
  }

  @Test
  void aPageSaysWhereAndNothingThatNamesAnything() {
    List<Message> messages =
        format(Reports.web().event(0, "page").web(FactNames.UI_PATH, 0, "/services/detail/[id]"));

    assertThat(messages).extracting(Message::name).containsExactly("page");
    assertThat(json(messages.get(0)))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"type":"page","userId":"u5er","messageId":"%s",
                 "timestamp":"2026-11-21T18:59:09.876Z",
                 "properties":{"appVersion":"4.5","clusterId":"70b2",
                               "path":"/services/detail/[id]","product":"shop","referrer":"",
                               "title":"","url":"","version":"2.0.0"}}"""
                    .formatted(messages.get(0).id())));
  }

  @Test
  void nobodyLoggedInIsTheBrowserAndAtLeastTheCluster() {
    List<Message> messages =
        formatter.format(
            Reports.web()
                .web(FactNames.UI_ID, 0, "e0")
                .web(FactNames.UI_ACTION, 0, "login")
                .web(FactNames.UI_VISITOR, 0, "b4")
                .web(FactNames.UI_ID, 1, "e1")
                .web(FactNames.UI_ACTION, 1, "page")
                .build(ReportKind.UI));

    assertThat(messages).extracting(Message::name).containsExactly("dcos_login", "page");
    assertThat(messages)
        .extracting(message -> json(message).get("anonymousId").getAsString())
        .containsExactly("b4", "70b2");
    assertThat(messages).noneMatch(message -> json(message).has("userId"));
    assertThat(properties(messages.get(1)).get("path").getAsString()).isEqualTo("/unknown");
  }

  @Test
  void theSameEventMakesTheSameMessagesAndAnotherDoesNot() {
    List<Message> first = format(Reports.web().event(0, "login"));

    assertThat(format(Reports.web().event(0, "login"))).isEqualTo(first);
    Report other =
        Reports.web().event(0, "login").web(FactNames.UI_ID, 0, "another").build(ReportKind.UI);
    assertThat(formatter.format(other))
        .extracting(Message::id)
        .doesNotContainAnyElementsOf(first.stream().map(Message::id).toList());
  }

  @Test
  void aQueryIsNoPartOfARoute() {
    for (String path : List.of("/a/[id]?token=s3cret", "/a/[id]#s3cret", "/a/[id]?a#s3cret?b")) {
      Reports reports = Reports.web().event(0, "page").web(FactNames.UI_PATH, 0, path);
      assertThat(properties(format(reports).get(0)).get("path").getAsString()).isEqualTo("/a/[id]");
    }
  }

  @Test
  void manyEventsStayInTheirOrder() {
    Reports reports = Reports.web();
    for (int i = 0; i < 50; i++) {
      reports.event(i, "page").web(FactNames.UI_PATH, i, "/page/" + i);
    }

    assertThat(format(reports))
        .extracting(message -> properties(message).get("path").getAsString())
        .hasSize(50)
        .startsWith("/page/0", "/page/1")
        .endsWith("/page/49");
  }

  @Test
  void aTextIsWrittenAsJsonAndAHugeOneIsLeftOut() {
    String odd = "\"\\\n\u2028ü😀\u007f";
    Reports reports =
        Reports.web()
            .event(0, "page")
            .web(FactNames.UI_PATH, 0, "/" + odd)
            .web(FactNames.UI_PRODUCT, 0, odd)
            .web(FactNames.UI_VERSION, 0, "v".repeat(40_000))
            .web(FactNames.UI_USER, 0, "u".repeat(40_000))
            .event(1, "page")
            .web(FactNames.UI_PATH, 1, "/" + "x".repeat(40_000));

    List<Message> messages = format(reports);

    JsonObject properties = properties(messages.get(0));
    assertThat(properties.get("path").getAsString()).isEqualTo("/" + odd);
    assertThat(properties.get("product").getAsString()).isEqualTo(odd);
    assertThat(properties.get("appVersion").getAsString()).isEmpty();
    assertThat(json(messages.get(0)).get("anonymousId").getAsString()).isEqualTo("b4");
    assertThat(properties(messages.get(1)).get("path").getAsString()).isEqualTo("/unknown");
    assertThat(messages)
        .allSatisfy(m -> assertThat(m.body().size()).isLessThan(MessageWriter.LIMIT));
    assertThat(log).anyMatch(line -> line.contains("the value of path"));
  }

  @Test
  void whatHasNoIdOrNoKnownActionIsLeftOutAlone() {
    List<Message> messages =
        formatter.format(
            Reports.web()
                .web(FactNames.UI_ACTION, 0, "page")
                .event(1, "flight")
                .event(2, "page")
                .about(FactNames.UI_PATH, "2", new Value.Count(4))
                .build(ReportKind.UI));

    assertThat(messages).hasSize(1);
    assertThat(log).hasSize(3);
  }

  @Test
  void theEventsNamesAreTheOwnersAndABadOneChangesNothing() {
    formatter.modified(new FixedConfig("shop \"in\"", "shop_out"));
    assertThat(names()).containsExactly("identify", "shop \"in\"", "shop_out");
    formatter.modified(new FixedConfig("", "x".repeat(101)));
    assertThat(names()).containsExactly("identify", "shop \"in\"", "shop_out");
    assertThat(
            new SegmentFormatter(new FixedConfig("", ""), new Notices(log::add, log::add))
                .format(Reports.web().event(0, "logout").build(ReportKind.UI)))
        .extracting(Message::name)
        .containsExactly("dcos_logout");
  }

  private List<String> names() {
    return format(Reports.web().event(0, "login").event(1, "logout")).stream()
        .map(Message::name)
        .toList();
  }

  private List<Message> format(Reports reports) {
    return formatter.format(reports.build(ReportKind.UI));
  }

  private static JsonObject json(Message message) {
    JsonObject json = JsonParser.parseString(message.body().utf8()).getAsJsonObject();
    assertThat(json.get("messageId").getAsString()).isEqualTo(message.id());
    return json;
  }

  private static JsonObject properties(Message message) {
    return json(message).getAsJsonObject("properties");
  }
}
