package org.candor.core.disclosure;

import java.time.Clock;
import java.util.function.Supplier;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.settings.Etc;

/** What was announced, as Declarative Services would put it together. */
public final class DisclosureFixture {

  private DisclosureFixture() {}

  /**
   * @param grace asked for each time, since tests start anew
   */
  public static AnnouncedFields announcedFields(
      Etc etc, ConfiguredLayer configured, Supplier<Grace> grace, Consent consent, Clock clock) {
    return new AnnouncedFields(
        etc,
        configured::grace,
        now -> grace.get().end(now).minus(configured.grace()),
        consent::onGrant,
        clock);
  }
}
