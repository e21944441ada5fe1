package org.candor.control;

import org.candor.api.upgrade.UpgradeNotice;

/** News of upgrades. */
public interface Upgrades {

  /** What is known now; quick, from memory. */
  UpgradeNotice notice();
}
