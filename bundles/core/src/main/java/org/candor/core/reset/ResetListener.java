package org.candor.core.reset;

/** Reset listener: works with what a reset erases or moves, and begins anew after it. */
public interface ResetListener {

  /** Lets nothing more go, and aborts what is in flight. */
  void stop();

  /** Knows nothing any more and begins anew. */
  void begin();
}
