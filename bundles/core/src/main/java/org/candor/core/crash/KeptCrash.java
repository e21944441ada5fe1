package org.candor.core.crash;

import org.candor.api.crash.Crash;

/**
 * Crash record: a crash as it is kept.
 *
 * @param number later crashes have higher ones; not below the milliseconds since 1970 at which it
 *     was taken, so that numbers rise also when the file was lost
 * @param crash what happened, scrubbed
 * @param count how many crashes alike it stands for
 * @param stage how far it has come
 */
public record KeptCrash(long number, Crash crash, long count, CrashStage stage) {

  KeptCrash as(CrashStage next) {
    return new KeptCrash(number, crash, count, next);
  }
}
