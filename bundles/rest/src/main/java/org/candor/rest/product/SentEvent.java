package org.candor.rest.product;

import java.time.Instant;
import org.candor.api.ui.UiAction;
import org.candor.api.ui.UiEvent;

/**
 * An event as a page sent it: each part checked but the path, which is as it came.
 *
 * @param version empty when there was none, or one that is not written like a version
 * @param path empty when there was none
 */
record SentEvent(
    String id,
    UiAction action,
    Instant at,
    String user,
    String visitor,
    String path,
    String version) {

  UiEvent of(String product, PagePaths paths) {
    return new UiEvent(
        id,
        action,
        at,
        product,
        version,
        user,
        visitor,
        action == UiAction.PAGE ? paths.of(path) : "");
  }
}
