package org.candor.format.segment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;
import org.candor.api.web.WebEventAction;

/** What somebody did in a product's web page; each component is empty when no fact gives it. */
record ReportedWebEvent(
    String id,
    String action,
    String at,
    String product,
    String version,
    String user,
    String visitor,
    String path) {

  /** All that a report holds, in the order of their first facts. */
  static List<ReportedWebEvent> of(Report report, Notices notices) {
    Map<String, Builder> events = new LinkedHashMap<>();
    for (Fact fact : report.facts()) {
      if (fact.name().startsWith("ui.")) {
        if (fact.value() instanceof Value.Text text) {
          events.computeIfAbsent(fact.subject(), place -> new Builder()).add(fact, text.text());
        } else {
          notices.unusable(fact.name());
        }
      }
    }
    List<ReportedWebEvent> all = new ArrayList<>(events.size());
    events.values().forEach(builder -> all.add(builder.build()));
    return all;
  }

  boolean is(WebEventAction wanted) {
    return action.equals(wanted.label());
  }

  private static final class Builder {

    private String id = "";
    private String action = "";
    private String at = "";
    private String product = "";
    private String version = "";
    private String user = "";
    private String visitor = "";
    private String path = "";

    private void add(Fact fact, String text) {
      switch (fact.name()) {
        case FactNames.UI_ID -> id = text;
        case FactNames.UI_ACTION -> action = text;
        case FactNames.UI_AT -> at = text;
        case FactNames.UI_PRODUCT -> product = text;
        case FactNames.UI_VERSION -> version = text;
        case FactNames.UI_USER -> user = text;
        case FactNames.UI_VISITOR -> visitor = text;
        case FactNames.UI_PATH -> path = text;
        default -> {
          // A fact of a later version, which this one has no key for.
        }
      }
    }

    private ReportedWebEvent build() {
      return new ReportedWebEvent(id, action, at, product, version, user, visitor, path);
    }
  }
}
