package org.candor.source.karaf;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;

/** The framework's bundles, as they are now. */
final class InstalledBundles {

  private final BundleContext context;

  InstalledBundles(BundleContext context) {
    this.context = context;
  }

  /** All bundles but those that are uninstalled meanwhile. */
  Stream<BundleHealth> health() {
    int reached =
        context
            .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
            .adapt(FrameworkStartLevel.class)
            .getStartLevel();
    return Arrays.stream(context.getBundles()).flatMap(bundle -> health(bundle, reached).stream());
  }

  private static Optional<BundleHealth> health(Bundle bundle, int reached) {
    BundleStartLevel startLevel = bundle.adapt(BundleStartLevel.class);
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    if (startLevel == null || revision == null) {
      return Optional.empty();
    }
    return Optional.of(
        new BundleHealth(
            bundle.getSymbolicName() == null ? "" : bundle.getSymbolicName(),
            bundle.getState(),
            (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0,
            startLevel.isPersistentlyStarted(),
            startLevel.isActivationPolicyUsed(),
            startLevel.getStartLevel() <= reached));
  }
}
