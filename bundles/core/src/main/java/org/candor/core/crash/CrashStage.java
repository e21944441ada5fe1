package org.candor.core.crash;

/** Lifecycle of a kept crash: how far it has come. */
enum CrashStage {
  /** No channel has reported it yet. */
  NEW,
  /** A channel has it in the outbox, or had. */
  TAKEN,
  /** The owner said no: no channel ever reports it. */
  WITHHELD
}
