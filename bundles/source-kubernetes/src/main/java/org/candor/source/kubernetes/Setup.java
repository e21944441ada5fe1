package org.candor.source.kubernetes;

import java.util.List;
import java.util.Optional;
import org.candor.source.kubernetes.api.ApiServerAccess;
import org.candor.source.kubernetes.spec.Selection;

/**
 * What the configuration and the pod say.
 *
 * @param target empty when nothing says where to look, or a value is refused
 * @param refused whether a value is refused that has no good one before it
 * @param distribution empty when not set
 * @param advice what to set or to correct; empty when there is a target
 */
record Setup(Optional<Target> target, boolean refused, String distribution, String advice) {

  /** Where to look, and for what. */
  record Target(ApiServerAccess access, Selection selection) {
    // JDK 17 keeps the record class whose generated equals was linked last, and so its class
    // loader:
    // java.lang.runtime.ObjectMethods compares through one method handle, which remembers its type.
    @Override
    public boolean equals(Object other) {
      return other instanceof Target that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
      return parts().hashCode();
    }

    private List<Object> parts() {
      return List.of(access, selection);
    }
  }

  /** The target's name for people; what a refused value means nobody knows. */
  String targetName() {
    return target
        .map(meant -> meant.selection().target(meant.access().base()))
        .orElse(refused ? "not known" : "");
  }

  static Setup of(Target target, String distribution) {
    return new Setup(Optional.of(target), false, distribution, "");
  }

  static Setup nothing(String advice) {
    return new Setup(Optional.empty(), false, "", advice);
  }

  static Setup refused(String advice) {
    return new Setup(Optional.empty(), true, "", advice);
  }
}
