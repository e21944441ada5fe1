package org.candor.core.web;

import java.util.List;
import java.util.Map;
import org.candor.api.fact.Fact;
import org.candor.api.web.WebEvent;

/**
 * What becomes of web events before they are formatted, with core's own code: that is why this test
 * class is in core's package.
 */
public final class WebEventWay {

  private WebEventWay() {}

  /**
   * What people did in a web page, as the channel for that hands it to its formatter.
   *
   * @param users what stands for each
   */
  public static List<Fact> facts(List<WebEvent> events, Map<String, String> users) {
    return WebEventFacts.of(events, users);
  }
}
