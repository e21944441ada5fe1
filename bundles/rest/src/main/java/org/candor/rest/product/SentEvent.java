package org.candor.rest.product;

import java.time.Instant;
import org.candor.api.web.WebEvent;
import org.candor.api.web.WebEventAction;

/**
 * An event as a page sent it: each part checked but the path, which is as it came.
 *
 * @param version empty when there was none, or one that is not written like a version
 * @param path empty when there was none
 */
record SentEvent(
    String id,
    WebEventAction action,
    Instant at,
    String user,
    String visitor,
    String path,
    String version) {

  WebEvent of(String product, PagePaths paths) {
    return new WebEvent(
        id,
        action,
        at,
        product,
        version,
        user,
        visitor,
        action == WebEventAction.PAGE ? paths.of(path) : "");
  }
}
