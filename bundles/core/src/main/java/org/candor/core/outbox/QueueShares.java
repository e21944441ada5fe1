package org.candor.core.outbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.candor.core.store.ShareSettings;

/**
 * Quota of each channel in the outbox: a class of channels has a share, which its channels divide.
 * A channel whose class is not known yet has a share as if it were the only one of its class.
 * Thread-safe.
 */
final class QueueShares {

  private static final int ALL = 100;

  private final Map<String, QueueClass> classes = new ConcurrentHashMap<>();

  void classify(String channel, QueueClass of) {
    classes.put(channel, of);
  }

  boolean isWeb(String channel) {
    return classes.get(channel) == QueueClass.WEB;
  }

  /** What a channel can always use, from 0 to 1 of the whole. */
  double share(String channel, ShareSettings settings) {
    QueueClass own = classes.getOrDefault(channel, QueueClass.HEALTH);
    long others =
        classes.entrySet().stream()
            .filter(one -> one.getValue() == own && !one.getKey().equals(channel))
            .count();
    return percent(own, settings) / (double) ALL / (classes.containsKey(channel) ? others + 1 : 1);
  }

  private static int percent(QueueClass of, ShareSettings settings) {
    return switch (of) {
      case CRASH -> settings.crash();
      case HEALTH -> settings.health();
      case WEB -> Math.min(settings.web(), ALL - settings.crash() - settings.health());
    };
  }

  /** The most that all web events together may take, from 0 to 1 of the whole. */
  static double mostWeb(ShareSettings settings) {
    return settings.web() / (double) ALL;
  }
}
