package org.candor.receiver;

import java.util.List;

/** What was received. Safe for several threads. */
public interface Received {

  /** The latest entries, oldest first; from memory. */
  List<ReceivedMessage> entries();
}
