package org.candor.core.store;

import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;

/**
 * Quota settings of the outbox, in percent of what may wait. No two of the first together are more
 * than the whole.
 *
 * @param crash what crash channels can always use
 * @param health what channels of reports can always use
 * @param web the most that web events may take
 */
public record ShareSettings(int crash, int health, int web) {

  /** The most of each, so that each can have it. */
  private static final int MOST = 50;

  private static final Setting<Long> CRASH = Setting.count("crashShare", 1, MOST);
  private static final Setting<Long> HEALTH = Setting.count("healthShare", 1, MOST);
  private static final Setting<Long> WEB = Setting.count("webShare", 1, MOST);

  /** What the file has unless somebody changed it. */
  public static ShareSettings usual() {
    return new ShareSettings(25, 25, MOST);
  }

  static ShareSettings read(Settings settings, StoreConfig config) {
    ShareSettings usual = usual();
    return new ShareSettings(
        settings.read(CRASH, config.crashShare()).map(Long::intValue).orElse(usual.crash),
        settings.read(HEALTH, config.healthShare()).map(Long::intValue).orElse(usual.health),
        settings.read(WEB, config.webShare()).map(Long::intValue).orElse(usual.web));
  }
}
