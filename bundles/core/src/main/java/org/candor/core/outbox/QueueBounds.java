package org.candor.core.outbox;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.candor.core.store.StorePart;
import org.candor.core.store.StoreSettings;

/**
 * Quota enforcement: the bounds over all queues of the outbox, by count and by bytes. Web events
 * keep to the most that they may take; beyond the whole, the channel that is most above its share
 * gives, its oldest first. So a channel within its share loses nothing because of others.
 */
final class QueueBounds {

  private final QueueShares shares;
  private final StoreSettings settings;
  private final List<Measure> measures;

  QueueBounds(QueueShares shares, StoreSettings settings) {
    this.shares = shares;
    this.settings = settings;
    this.measures =
        List.of(
            new Measure(Outbox.TOO_MANY, settings.maxCount(), false),
            new Measure(Outbox.TOO_LARGE, settings.budget().contentOf(StorePart.OUTBOX), true));
  }

  /**
   * One bound.
   *
   * @param reason why messages are lost beyond it
   * @param most of all queues
   * @param inBytes whether it counts bytes, or messages
   */
  private record Measure(String reason, long most, boolean inBytes) {

    private Map<String, Long> use(Queues queues) {
      return inBytes ? queues.bytes() : queues.counts();
    }

    private long use(Queues queues, Predicate<String> among) {
      return use(queues).entrySet().stream()
          .filter(one -> among.test(one.getKey()))
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
  }

  /** Drops what is beyond the bounds. */
  void enforce(Queues queues) {
    for (Measure measure : measures) {
      enforce(queues, measure, mostWeb(measure), shares::isWeb);
      enforce(queues, measure, measure.most(), channel -> true);
    }
  }

  private long mostWeb(Measure measure) {
    return (long) (measure.most() * QueueShares.mostWeb(settings.shares()));
  }

  private long share(Measure measure, String channel) {
    return (long) (measure.most() * shares.share(channel, settings.shares()));
  }

  private void enforce(Queues queues, Measure measure, long most, Predicate<String> among) {
    for (long over = measure.use(queues, among) - most;
        over > 0;
        over = measure.use(queues, among) - most) {
      List<Excess> excesses = excesses(queues, measure, among);
      Excess giver = excesses.get(0);
      long ahead = excesses.size() > 1 ? giver.size() - excesses.get(1).size() : over;
      long amount = Math.max(1, Math.min(over, ahead));
      queues.dropOldest(giver.channel(), measure.reason(), amount, measure.inBytes());
    }
  }

  /** By how much a channel is above its share, and since when the oldest of it waits. */
  private record Excess(String channel, long size, long oldest) {}

  /** All that have something to give, the one that is most above its share first. */
  private List<Excess> excesses(Queues queues, Measure measure, Predicate<String> among) {
    return measure.use(queues).entrySet().stream()
        .filter(one -> one.getValue() > 0 && among.test(one.getKey()))
        .map(
            one ->
                new Excess(
                    one.getKey(),
                    one.getValue() - share(measure, one.getKey()),
                    queues.first(one.getKey())))
        .sorted(Comparator.comparingLong(Excess::size).reversed().thenComparingLong(Excess::oldest))
        .toList();
  }

  /** What a channel has in use of its share, in bytes, and how near it is to losing its oldest. */
  QueueUse use(Queues queues, String channel) {
    Measure inBytes = measures.get(1);
    return new QueueUse(
        inBytes.use(queues, channel::equals),
        share(inBytes, channel),
        measures.stream().mapToDouble(measure -> fill(queues, measure, channel)).max().orElse(0));
  }

  private double fill(Queues queues, Measure measure, String channel) {
    long own = measure.use(queues, channel::equals);
    long left = measure.most() - measure.use(queues, one -> !one.equals(channel));
    if (shares.isWeb(channel)) {
      long otherWeb = measure.use(queues, one -> shares.isWeb(one) && !one.equals(channel));
      left = Math.min(left, mostWeb(measure) - otherWeb);
    }
    return own / (double) Math.max(1, Math.max(left, share(measure, channel)));
  }
}
