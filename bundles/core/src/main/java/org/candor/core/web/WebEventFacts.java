package org.candor.core.web;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventAction;

/** What people did in a product's web page, as facts. */
final class WebEventFacts {

  private final Map<String, String> users;
  private final List<Fact> facts = new ArrayList<>();

  private WebEventFacts(Map<String, String> users) {
    this.users = users;
  }

  /**
   * The facts of events, whose places are those in the list.
   *
   * @param users what stands for each user; one that is missing is left out
   */
  static List<Fact> of(List<WebEvent> events, Map<String, String> users) {
    WebEventFacts all = new WebEventFacts(users);
    for (int place = 0; place < events.size(); place++) {
      all.add(events.get(place), Integer.toString(place));
    }
    return all.facts;
  }

  private void add(WebEvent event, String place) {
    add(FactNames.UI_ID, place, event.id());
    add(FactNames.UI_ACTION, place, event.action().label());
    add(FactNames.UI_AT, place, event.at().truncatedTo(ChronoUnit.MILLIS).toString());
    add(FactNames.UI_PRODUCT, place, event.product());
    add(FactNames.UI_VERSION, place, event.version());
    Optional.ofNullable(users.get(event.user()))
        .ifPresent(user -> add(FactNames.UI_USER, place, user));
    add(FactNames.UI_VISITOR, place, event.visitor());
    if (event.action() == WebEventAction.PAGE) {
      add(FactNames.UI_PATH, place, event.path());
    }
  }

  private void add(String name, String place, String text) {
    if (!text.isEmpty()) {
      facts.add(new Fact(name, place, new Value.Text(text)));
    }
  }
}
