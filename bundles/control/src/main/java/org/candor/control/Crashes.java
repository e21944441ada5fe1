package org.candor.control;

import java.io.IOException;
import java.util.List;

/** The crashes that were seen on this installation. */
public interface Crashes {

  /**
   * The newest, newest first; also those that nobody outside ever learns of.
   *
   * @throws IOException when they cannot be read
   */
  List<SeenCrash> crashes() throws IOException;
}
