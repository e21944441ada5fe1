package org.candor.core.told;

import java.time.Clock;
import java.util.function.Supplier;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.settings.Etc;

/** What was announced, as Declarative Services would put it together. */
public final class ToldFixture {

  private ToldFixture() {}

  /**
   * @param grace asked for each time, since tests start anew
   */
  public static ToldFields told(
      Etc etc, ConfiguredLayer configured, Supplier<Grace> grace, Consent consent, Clock clock) {
    return new ToldFields(
        etc,
        configured::grace,
        now -> grace.get().end(now).minus(configured.grace()),
        consent::onGrant,
        clock);
  }
}
