package org.candor.source.karaf;

import org.osgi.framework.Bundle;

/**
 * What decides whether a bundle is healthy.
 *
 * @param name symbolic name; empty for a bundle without one
 * @param state one of the states of {@link Bundle}
 * @param fragment whether it is part of another bundle and never becomes active
 * @param wanted whether somebody started it and nobody stopped it since
 * @param lazy whether it waits for its first class to be loaded
 * @param due whether the framework's start level has reached its own
 */
record BundleHealth(
    String name, int state, boolean fragment, boolean wanted, boolean lazy, boolean due) {

  /** Healthy is what is active, and what is not meant to be. */
  boolean healthy() {
    if (fragment || !wanted || !due || state == Bundle.ACTIVE) {
      return true;
    }
    return state == Bundle.STARTING && lazy;
  }
}
