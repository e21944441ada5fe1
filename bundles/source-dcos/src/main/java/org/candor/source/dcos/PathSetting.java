package org.candor.source.dcos;

import java.nio.file.Path;
import java.util.Optional;
import org.candor.api.settings.Setting;

/** Settings that name files. */
final class PathSetting {

  private PathSetting() {}

  /** The path of a file; empty when none is named. */
  static Setting<Optional<Path>> of(String key) {
    return new Setting<>(
        key,
        "the path of a file, or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));
  }
}
