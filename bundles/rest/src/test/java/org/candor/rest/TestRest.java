package org.candor.rest;

import org.candor.rest.server.HttpListener;
import org.candor.rest.server.Watchdog;

/** Opens HTTP over what core would say. */
final class TestRest {

  private TestRest() {}

  static Rest open(FakeCore core) {
    return open(core, Watchdog.Limits.USUAL);
  }

  static Rest open(FakeCore core, Watchdog.Limits limits) {
    return new Rest(
        core.consent,
        core.documents(),
        core.products,
        core.streams,
        TestConfig.NORMAL,
        HttpListener.RETRY,
        limits);
  }
}
