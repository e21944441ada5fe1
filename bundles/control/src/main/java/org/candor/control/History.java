package org.candor.control;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How things went over the last two weeks, for the owner's eyes only: none of it leaves. Kept by
 * the hour, on disk.
 */
@ProviderType
public interface History {

  /** How components fared in each hour in which a report looked at them, oldest first. */
  List<HealthPoint> health() throws IOException;

  /** What became of messages in each hour in which there were any, oldest first, by channel. */
  List<DeliveryPoint> deliveries() throws IOException;

  /**
   * Components as the hour's last report saw them.
   *
   * @param hour its beginning
   * @param total on all nodes together
   * @param unhealthy how many of them
   */
  record HealthPoint(Instant hour, long total, long unhealthy) {}

  /**
   * What an hour brought for a channel.
   *
   * @param hour its beginning
   * @param channel whose
   * @param delivered messages that the endpoint took
   * @param failed attempts that will be made again
   * @param lost messages that will not be delivered, for whatever reason
   */
  record DeliveryPoint(Instant hour, String channel, long delivered, long failed, long lost) {}
}
