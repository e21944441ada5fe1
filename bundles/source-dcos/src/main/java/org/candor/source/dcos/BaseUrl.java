package org.candor.source.dcos;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.source.Observation;
import org.slf4j.Logger;

/** The URL below which one of the cluster's services is asked, as the owner set it last. */
final class BaseUrl {

  private final Settings settings;
  private final Setting<Optional<URI>> setting;
  private volatile Optional<URI> base = Optional.empty();

  BaseUrl(String key, Logger log) {
    this.settings = new Settings(DcosConfig.FILE, log::error);
    this.setting = orNothing(Setting.uri(key, "http", "https"));
  }

  /**
   * @param raw what the file says now; empty means that the service is not to be asked
   */
  void set(String raw) {
    base = settings.read(setting, raw).flatMap(Function.identity());
  }

  /** The URL; empty when there is none, or none that could be taken. */
  Optional<URI> get() {
    return base;
  }

  /** What is refused now. */
  List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  /** The key that names it. */
  String key() {
    return setting.key();
  }

  Observation unconfigured() {
    return Observation.unconfigured("Set " + setting.key() + " in " + DcosConfig.FILE + ".");
  }

  /** The URL of a path below the base, whether or not the base ends with a slash. */
  static URI below(URI base, String path) {
    String root = base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath();
    return URI.create(root.replaceAll("/+$", "") + path);
  }

  private static <T> Setting<Optional<T>> orNothing(Setting<T> setting) {
    return new Setting<>(
        setting.key(),
        setting.allowed() + ", or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(setting.parser().apply(text)));
  }
}
