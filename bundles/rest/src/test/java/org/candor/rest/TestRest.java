package org.candor.rest;

import java.time.Duration;
import org.candor.http.server.HttpListener;
import org.candor.http.server.ServerLimits;
import org.candor.rest.gate.Gate;

/** Opens HTTP over what core would say. */
final class TestRest {

  private TestRest() {}

  static Rest open(FakeCore core) {
    return open(core, ServerLimits.USUAL);
  }

  static Rest open(FakeCore core, ServerLimits limits) {
    return open(core, limits, Gate.PATIENCE);
  }

  static Rest open(FakeCore core, ServerLimits limits, Duration patience) {
    return new Rest(
        core.consent,
        core.documents(),
        core.products,
        core.streams,
        TestConfig.NORMAL,
        HttpListener.RETRY,
        limits,
        patience);
  }
}
