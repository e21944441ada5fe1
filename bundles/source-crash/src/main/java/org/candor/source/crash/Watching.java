package org.candor.source.crash;

import java.nio.file.Path;
import org.candor.source.crash.command.CommandSettings;

/** What one configuration file wants watched. A unit of systemd will be the third. */
sealed interface Watching {

  /**
   * Whether nothing changes. Not by {@code equals}: on Java 17 the first comparison of two records
   * of a class is remembered by the JDK, and the class and its bundle with it, until somebody
   * compares others (JDK-8078641).
   */
  boolean isSame(Watching other);

  /** Nothing, since the file does not say what, or not rightly. */
  record Nothing() implements Watching {

    @Override
    public boolean isSame(Watching other) {
      return other instanceof Nothing;
    }
  }

  record Command(CommandSettings settings) implements Watching {

    @Override
    public boolean isSame(Watching other) {
      return other instanceof Command command && settings.isSame(command.settings);
    }
  }

  /**
   * A folder.
   *
   * @param perMinute how many files are read in a minute at most
   */
  record Directory(Path folder, int perMinute) implements Watching {

    @Override
    public boolean isSame(Watching other) {
      return other instanceof Directory directory
          && folder.equals(directory.folder)
          && perMinute == directory.perMinute;
    }
  }
}
