package org.candor.format.segment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Gap;
import org.candor.api.report.Report;
import org.candor.api.report.ReportKind;
import org.candor.api.source.FailureReason;

/** Builds reports for tests. */
final class Reports {

  static final Instant AT = Instant.parse("2026-11-21T18:59:09.876Z");

  private final List<Fact> facts = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();

  static Reports empty() {
    return new Reports();
  }

  /** With everything that a message can say, but for what comes with size. */
  static Reports maximal() {
    Reports reports =
        empty()
            .text(FactNames.CLUSTER_ID, "70b2\n")
            .text(FactNames.PRODUCT_VERSION, "2.0.0")
            .text(FactNames.PRODUCT_VARIANT, "open")
            .text(FactNames.PROVIDER, "aws")
            .text(FactNames.PLATFORM, "onprem")
            .text(FactNames.CUSTOMER_KEY, "customer")
            .text(FactNames.LICENSE_ID, "licence")
            .unit("a.service", 3, 1)
            .count(FactNames.NODES_TOTAL, 4)
            .count(FactNames.NODES_UNKNOWN, 1)
            .count(FactNames.PACKAGE_COUNT, 1)
            .about(FactNames.PACKAGE_NAME, "/app", new Value.Text("kafka"))
            .about(FactNames.PACKAGE_VERSION, "/app", new Value.Text("1.1"))
            .about(FactNames.FRAMEWORK_NAME, "id", new Value.Text("marathon"))
            .event(0, "login")
            .event(1, "page")
            .web(FactNames.UI_PATH, 1, "/services/[id]")
            .web(FactNames.UI_ID, 2, "e2")
            .web(FactNames.UI_ACTION, 2, "logout")
            .web(FactNames.UI_VISITOR, 2, "b4")
            .gap("dcos", FailureReason.TIMEOUT);
    for (Figure figure : Figure.values()) {
      if (figure.event().equals(SegmentFormatter.MESOS_TRACK)) {
        reports.about(figure.fact(), "", new Value.Measure(4));
      }
    }
    return reports;
  }

  /** With what a web page's events need besides themselves. */
  static Reports web() {
    return empty().text(FactNames.CLUSTER_ID, "70b2\n").text(FactNames.PRODUCT_VERSION, "2.0.0");
  }

  /** Something that somebody did in a web page, with everything but a path. */
  Reports event(int place, String action) {
    return web(FactNames.UI_ID, place, "e" + place)
        .web(FactNames.UI_ACTION, place, action)
        .web(FactNames.UI_AT, place, AT.toString())
        .web(FactNames.UI_PRODUCT, place, "shop")
        .web(FactNames.UI_VERSION, place, "4.5")
        .web(FactNames.UI_USER, place, "u5er")
        .web(FactNames.UI_VISITOR, place, "b4");
  }

  Reports web(String name, int place, String text) {
    return about(name, Integer.toString(place), new Value.Text(text));
  }

  Reports text(String name, String text) {
    return about(name, "", new Value.Text(text));
  }

  Reports count(String name, long count) {
    return about(name, "", new Value.Count(count));
  }

  Reports unit(String name, long total, long unhealthy) {
    return about(FactNames.UNIT_TOTAL, name, new Value.Count(total))
        .about(FactNames.UNIT_UNHEALTHY, name, new Value.Count(unhealthy));
  }

  Reports about(String name, String subject, Value value) {
    facts.add(new Fact(name, subject, value));
    return this;
  }

  Reports gap(String source, FailureReason reason) {
    gaps.add(new Gap(source, reason));
    return this;
  }

  Report build() {
    return build(ReportKind.HEALTH);
  }

  Report build(ReportKind kind) {
    return new Report(kind, AT, facts, gaps);
  }
}
