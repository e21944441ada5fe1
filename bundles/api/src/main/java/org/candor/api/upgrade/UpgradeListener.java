package org.candor.api.upgrade;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of upgrades: register it as an OSGi service. Called with what is known when it comes, and
 * whenever that changes; must be quick.
 */
@ConsumerType
public interface UpgradeListener {

  void upgrade(UpgradeNotice notice);
}
