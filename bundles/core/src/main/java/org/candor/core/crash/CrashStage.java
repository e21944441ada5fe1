package org.candor.core.crash;

/** How far a kept crash has come. */
enum CrashStage {
  /** No channel has reported it yet. */
  NEW,
  /** A channel has it in the outbox, or had. */
  TAKEN,
  /** The owner said no: no channel ever reports it. */
  WITHHELD
}
