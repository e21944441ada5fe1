package org.candor.core.channel;

import org.candor.control.Delivery;
import org.candor.core.delivery.Sentences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State changes of a channel's endpoint, logged once each: offline, refusing, delivering again. For
 * one thread at a time.
 */
final class DeliveryLog {

  private static final Logger log = LoggerFactory.getLogger(DeliveryLog.class);

  private final String channel;
  private boolean offline;
  private boolean refusing;

  DeliveryLog(String channel) {
    this.channel = channel;
  }

  /** An attempt ended, and so many messages are still queued. */
  void attempted(Delivery delivery, long queued) {
    switch (delivery.outcome()) {
      case DELIVERED -> {
        if (offline) {
          log.info("{}: delivers again; {}.", channel, Sentences.waiting(queued));
        }
        offline = false;
        refusing = false;
      }
      case REFUSED -> {
        if (!refusing) {
          log.error(
              "{}: the endpoint refused a report for good: {} See telemetry:sent.",
              channel,
              Sentences.sentence(delivery.answer()));
        }
        refusing = true;
      }
      case RETRY -> {
        if (!offline) {
          log.warn(
              "{}: cannot deliver: {} {} on disk to be tried again.",
              channel,
              Sentences.sentence(delivery.answer()),
              Sentences.waiting(queued));
        }
        offline = true;
      }
      case WITHDRAWN, INTERRUPTED -> {
        // Nothing is known of the endpoint.
      }
    }
  }
}
