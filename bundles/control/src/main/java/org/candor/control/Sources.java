package org.candor.control;

import java.util.List;

/** The sources and how they fare. */
public interface Sources {

  /** Every source, by name, with its last observation; asks none. */
  List<SourceStatus> status();
}
