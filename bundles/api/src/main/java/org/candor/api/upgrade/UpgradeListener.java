package org.candor.api.upgrade;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of upgrades: register it as an OSGi service. Told what is known when it comes, and
 * whenever that changes; must be quick.
 */
@ConsumerType
public interface UpgradeListener {

  void upgrade(UpgradeNotice notice);
}
