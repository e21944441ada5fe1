package org.candor.api.crash;

import java.util.List;

/**
 * An exception, or what stands for one where the process knows none.
 *
 * @param type such as {@code java.lang.IllegalStateException}
 * @param message what it says; empty for nothing
 * @param frames the stack, the innermost call first
 */
public record Failure(String type, String message, List<Frame> frames) {

  public Failure {
    frames = List.copyOf(frames);
  }
}
