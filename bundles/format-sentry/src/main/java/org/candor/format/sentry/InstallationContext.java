package org.candor.format.sentry;

import io.sentry.SentryEvent;
import io.sentry.protocol.Device;
import io.sentry.protocol.OperatingSystem;
import io.sentry.protocol.SentryRuntime;
import io.sentry.protocol.User;
import java.util.Optional;
import org.candor.api.fact.FactNames;

/**
 * Event context: what both kinds of event say about the installation. A StorageOS that is watched
 * comes before the process that watches it.
 */
final class InstallationContext {

  /** StorageOS is written in Go, and what its API calls its runtime's version is Go's. */
  private static final String STORAGE_RUNTIME = "go";

  private final Facts facts;
  private final Clipping clipping;

  InstallationContext(Facts facts, Clipping clipping) {
    this.facts = facts;
    this.clipping = clipping;
  }

  void describe(SentryEvent event) {
    line("release", Clipping.RELEASE, FactNames.STORAGE_VERSION, FactNames.PRODUCT_VERSION)
        .ifPresent(event::setRelease);
    line("dist", Clipping.DIST, FactNames.STORAGE_BUILD, FactNames.PRODUCT_BUILD)
        .ifPresent(event::setDist);
    line("server_name", Clipping.NAME, FactNames.SERVER_NAME).ifPresent(event::setServerName);
    line("user.id", Clipping.USER, FactNames.USER_ID).ifPresent(id -> event.setUser(user(id)));
    tag(event, "cluster_id", FactNames.CLUSTER_ID);
    tag(event, "license_type", FactNames.STORAGE_LICENSE_TYPE);
    tag(event, "api_version", FactNames.STORAGE_API_VERSION);
    line("contexts.os.name", Clipping.NAME, FactNames.STORAGE_OS, FactNames.OS_NAME)
        .ifPresent(name -> event.getContexts().setOperatingSystem(os(name)));
    line("contexts.device.archs[]", Clipping.NAME, FactNames.STORAGE_ARCH, FactNames.OS_ARCH)
        .ifPresent(arch -> event.getContexts().setDevice(device(arch)));
    runtime().ifPresent(event.getContexts()::setRuntime);
  }

  private Optional<SentryRuntime> runtime() {
    Optional<String> storage = version(FactNames.STORAGE_RUNTIME_VERSION);
    Optional<String> name =
        storage.isPresent()
            ? Optional.of(STORAGE_RUNTIME)
            : line("contexts.runtime.name", Clipping.NAME, FactNames.RUNTIME_NAME);
    Optional<String> version = storage.or(() -> version(FactNames.RUNTIME_VERSION));
    if (name.isEmpty() && version.isEmpty()) {
      return Optional.empty();
    }
    SentryRuntime runtime = new SentryRuntime();
    name.ifPresent(runtime::setName);
    version.ifPresent(runtime::setVersion);
    return Optional.of(runtime);
  }

  private Optional<String> version(String fact) {
    return line("contexts.runtime.version", Clipping.NAME, fact);
  }

  private void tag(SentryEvent event, String key, String fact) {
    line("tags." + key, Clipping.TAG, fact).ifPresent(value -> event.setTag(key, value));
  }

  private Optional<String> line(String field, int limit, String... names) {
    return facts.text(names).flatMap(text -> clipping.line(field, text, limit));
  }

  private static User user(String id) {
    User user = new User();
    user.setId(id);
    return user;
  }

  private static OperatingSystem os(String name) {
    OperatingSystem os = new OperatingSystem();
    os.setName(name);
    return os;
  }

  private static Device device(String arch) {
    Device device = new Device();
    device.setArchs(new String[] {arch});
    return device;
  }
}
