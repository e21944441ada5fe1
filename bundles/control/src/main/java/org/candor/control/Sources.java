package org.candor.control;

import java.util.List;

/** The sources and their states. */
public interface Sources {

  /** Every source, by name, with its last observation; asks none. */
  List<SourceStatus> status();
}
