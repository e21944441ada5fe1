package org.candor.core.outbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.core.store.StoreFile;
import org.candor.core.store.StoreSettings;

/** What lies in the open file. Commits nothing itself. */
final class Contents {

  private static final String INSTALLATION = "installation";
  private static final String MEMORY = "memory";
  private static final String ATTEMPTS = "attempts";
  private static final String LIMITS = "limits";
  private static final String NOTES = "notes";

  /** All that lies in it besides the queues. */
  static final Set<String> MAPS = Set.of(INSTALLATION, MEMORY, ATTEMPTS, LIMITS, NOTES);

  private final StoreFile file;
  private final LossLog losses;
  private final Clock clock;
  private final Queues queues;

  Contents(StoreFile file, LossLog losses, Clock clock) {
    this.file = file;
    this.losses = losses;
    this.clock = clock;
    this.queues = new Queues(file, this::lose);
  }

  Queues queues() {
    return queues;
  }

  /** Attempts that began and did not end, by channel. */
  Map<String, String> attempts() {
    return file.named(ATTEMPTS);
  }

  EndpointLimits limits() {
    return new EndpointLimits(file.named(LIMITS));
  }

  /** Adds an endpoint's wishes to get no messages of a category, each until its end. */
  void limit(String endpoint, Map<String, Instant> wishes) {
    EndpointLimits limits = limits();
    limits.dropEnded(clock.instant());
    wishes.forEach((category, end) -> limits.add(endpoint, category, end));
  }

  /** What must outlive this process, by name. */
  Map<String, String> notes() {
    return file.named(NOTES);
  }

  /** When this installation was first seen: now, when it never was or the clock was set back. */
  Instant firstStart() {
    Instant now = clock.instant();
    Optional<Instant> first =
        Optional.ofNullable(file.named(INSTALLATION).get("firstStart"))
            .map(Instant::parse)
            .filter(at -> !at.isAfter(now));
    if (first.isEmpty()) {
      file.named(INSTALLATION).put("firstStart", now.toString());
    }
    return first.orElse(now);
  }

  /** What the channel must not forget. */
  ChannelMemory memory(String channel) {
    return Optional.ofNullable(file.named(MEMORY).get(channel))
        .flatMap(MemoryCodec::decode)
        .orElseGet(() -> ChannelMemory.begun(clock.instant()));
  }

  ChannelMemory update(String channel, UnaryOperator<ChannelMemory> next) {
    ChannelMemory before = memory(channel);
    ChannelMemory memory = next.apply(before);
    if (!memory.equals(before) || !file.named(MEMORY).containsKey(channel)) {
      file.named(MEMORY).put(channel, MemoryCodec.encode(memory));
    }
    return memory;
  }

  /**
   * Queues new messages, behind all that were ever queued.
   *
   * @return their numbers
   */
  List<Long> append(String channel, List<Message> messages) {
    long last = lastNumber();
    queues.addAll(channel, last + 1, clock.instant(), messages);
    used(last + messages.size());
    return LongStream.rangeClosed(last + 1, last + messages.size()).boxed().toList();
  }

  /** What a step of the channel has to know. */
  OutboxView view(String channel) {
    return new OutboxView(
        memory(channel),
        queues.count(channel),
        queues.head(channel, BatchLimit.ONE_MESSAGE).stream().findFirst(),
        limits().snapshot());
  }

  /** Queues a message again under its number. */
  void restore(QueuedMessage queued) {
    queues.add(queued);
    used(queued.number());
  }

  long lastNumber() {
    return Long.parseLong(file.named(INSTALLATION).getOrDefault("number", "0"));
  }

  /** Never used twice, also not after the queue was empty, so that salvaged messages stay apart. */
  private void used(long number) {
    if (number > lastNumber()) {
      file.named(INSTALLATION).put("number", Long.toString(number));
    }
  }

  void dropOld(StoreSettings most) {
    queues.dropOlderThan(clock.instant().minus(most.maxAge()));
  }

  /** A message of a channel will not be delivered. */
  void lose(String channel, String reason) {
    lose(channel, reason, 1);
  }

  /** Some messages of a channel will not be delivered. */
  void lose(String channel, String reason, long count) {
    for (long i = 0; i < count; i++) {
      losses.add(channel, reason);
    }
    update(channel, memory -> memory.lost(reason, count));
  }
}
