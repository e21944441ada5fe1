package org.candor.source.dcos.signal;

/**
 * Snapshot: what was seen of a file.
 *
 * @param path which
 * @param state whether it could be read
 * @param document what it says, or said when it could be read last
 * @param why it cannot be read, as the end of a sentence that begins with the path; empty where it
 *     can be, or never was there
 */
record FileSnapshot(String path, State state, Document document, String why) {

  enum State {
    /** There is no such file, and there was none before. */
    ABSENT,
    READ,
    /** It cannot be read, makes no sense, or has gone: nobody knows what it says. */
    LOST
  }
}
