package org.candor.core.outbox;

/**
 * Quota use of a channel in the outbox.
 *
 * @param bytes that its messages take
 * @param share bytes that it can always use
 * @param fill how near it is to losing its oldest, from 0 to 1
 */
public record QueueUse(long bytes, long share, double fill) {

  static final QueueUse NONE = new QueueUse(0, 0, 0);
}
