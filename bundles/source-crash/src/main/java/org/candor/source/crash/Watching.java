package org.candor.source.crash;

import java.nio.file.Path;
import org.candor.source.crash.command.CommandSettings;

/** What one configuration file wants watched. A unit of systemd will be the third. */
sealed interface Watching {

  /** Nothing, since the file does not say what, or not rightly. */
  record Nothing() implements Watching {}

  record Command(CommandSettings settings) implements Watching {}

  record Directory(Path folder) implements Watching {}
}
