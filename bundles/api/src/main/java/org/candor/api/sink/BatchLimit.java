package org.candor.api.sink;

/**
 * How much a sink takes at once.
 *
 * @param messages at least one
 * @param bytes sum of the bodies' sizes, framing left out; a single message may exceed it
 */
public record BatchLimit(int messages, int bytes) {

  /** One message, however large. */
  public static final BatchLimit ONE_MESSAGE = new BatchLimit(1, Integer.MAX_VALUE);
}
