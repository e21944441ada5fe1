package org.candor.core.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.core.store.DamagedException;
import org.candor.core.store.StoreFile;
import org.candor.core.store.StoreSettings;

/** What lies in the open file. Commits nothing itself. */
final class Contents {

  static final String INSTALLATION = "installation";
  static final String MEMORY = "memory";
  private static final String ATTEMPTS = "attempts";
  private static final String LIMITS = "limits";
  private static final String NOTES = "notes";

  private static final String FIRST_START = "firstStart";
  private static final String NUMBER = "number";
  private static final String COMMITS = "commits";
  private static final String ANEW = "anew";
  private static final String RESTORED = "restored";

  /** So long somebody may make again what the file has forgotten. */
  private static final Duration REMEMBERED = Duration.ofDays(30);

  /** Within this time all channels that there are have been seen again. */
  private static final Duration SEEN_AGAIN = Duration.ofHours(1);

  /** All that lies in it besides the queues. */
  static final Set<String> MAPS = Set.of(INSTALLATION, MEMORY, ATTEMPTS, LIMITS, NOTES);

  private final StoreFile file;
  private final LossLog losses;
  private final QueueShares shares;
  private final Clock clock;
  private final Queues queues;

  /**
   * @throws DamagedException when something that lies there is not whole
   */
  Contents(StoreFile file, LossLog losses, QueueShares shares, Clock clock) {
    this.file = file;
    this.losses = losses;
    this.shares = shares;
    this.clock = clock;
    MAPS.forEach(file::named);
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
        Optional.ofNullable(file.named(INSTALLATION).get(FIRST_START))
            .map(Instant::parse)
            .filter(at -> !at.isAfter(now));
    if (first.isEmpty()) {
      file.named(INSTALLATION).put(FIRST_START, now.toString());
    }
    return first.orElse(now);
  }

  /** What the channel must not forget. */
  ChannelMemory memory(String channel) {
    return Optional.ofNullable(file.named(MEMORY).get(channel))
        .flatMap(MemoryCodec::decode)
        .orElseGet(this::begun);
  }

  private ChannelMemory begun() {
    ChannelMemory begun = ChannelMemory.begun(clock.instant());
    return anew(begun).isPresent() ? begun.knowingNoCrash() : begun;
  }

  /** What the channels remembered is damaged, or some of it. */
  void beginAnew() {
    file.named(INSTALLATION).put(ANEW, clock.instant().toString());
  }

  /** What the channels remember may be older than what they did. */
  void restored() {
    file.named(INSTALLATION).put(RESTORED, clock.instant().toString());
  }

  /** Whether that was so lately. */
  boolean wasRestored() {
    return Optional.ofNullable(file.named(INSTALLATION).get(RESTORED))
        .map(Instant::parse)
        .filter(at -> clock.instant().isBefore(at.plus(REMEMBERED)))
        .isPresent();
  }

  /** Since when something is remembered, when nobody knows what was before. */
  private Optional<Instant> anew(ChannelMemory memory) {
    return Optional.ofNullable(file.named(INSTALLATION).get(ANEW))
        .map(Instant::parse)
        .filter(anew -> !memory.since().isBefore(anew))
        .filter(anew -> memory.since().isBefore(anew.plus(SEEN_AGAIN)));
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
  OutboxView view(String channel, StoreSettings settings) {
    ChannelMemory memory = memory(channel);
    return new OutboxView(
        memory,
        anew(memory),
        queues.count(channel),
        new QueueBounds(shares, settings).use(queues, channel),
        queues.head(channel, BatchLimit.ONE_MESSAGE).stream().findFirst(),
        limits().snapshot());
  }

  /** Queues a message again under its number. */
  void restore(QueuedMessage queued) {
    queues.add(queued);
    used(queued.number());
  }

  long lastNumber() {
    return Long.parseLong(file.named(INSTALLATION).getOrDefault(NUMBER, "0"));
  }

  /** Whether nothing was ever committed to the file. */
  boolean isEmpty() {
    return file.named(INSTALLATION).isEmpty();
  }

  /** How many commits the outbox has seen, over all its files. */
  long commits() {
    return commits(file.named(INSTALLATION));
  }

  /** The same of the values of a file. */
  static long commits(Map<String, String> installation) {
    return Long.parseLong(installation.getOrDefault(COMMITS, "0"));
  }

  /** Is about to be committed. */
  void countCommit() {
    file.named(INSTALLATION).put(COMMITS, Long.toString(commits() + 1));
  }

  /** Goes on behind a commit and a number, should these be higher than what is known. */
  void goOnFrom(long commits, long number) {
    if (commits > commits()) {
      file.named(INSTALLATION).put(COMMITS, Long.toString(commits));
    }
    used(number);
  }

  /** What waits, so that it is known should the file be damaged. */
  OutboxCheckpoint checkpoint() {
    return new OutboxCheckpoint(commits(), lastNumber(), queues.waiting());
  }

  /** Never used twice, also not after the queue was empty, so that salvaged messages stay apart. */
  private void used(long number) {
    if (number > lastNumber()) {
      file.named(INSTALLATION).put(NUMBER, Long.toString(number));
    }
  }

  void dropOld(StoreSettings most) {
    queues.dropOlderThan(clock.instant().minus(most.maxAge()));
  }

  void dropBeyond(StoreSettings most) {
    new QueueBounds(shares, most).enforce(queues);
  }

  /** How near a channel is to losing its oldest, from 0 to 1. */
  Map<String, Double> fills(StoreSettings most) {
    QueueBounds bounds = new QueueBounds(shares, most);
    Map<String, Double> fills = new HashMap<>();
    queues.counts().keySet().forEach(one -> fills.put(one, bounds.use(queues, one).fill()));
    return fills;
  }

  /** Some messages of a channel will not be delivered. */
  void lose(String channel, String reason, long count) {
    losses.add(channel, reason, count);
    update(channel, memory -> memory.lost(reason, count));
  }
}
