package org.candor.core.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.store.Frame;
import org.candor.core.store.Step;
import org.candor.core.store.Store;
import org.candor.core.store.StoreFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be sent, and what every channel must remember, in one file. Each method is one commit:
 * when it returns, its change is on disk; when it throws, nothing was changed. Bounded by bytes on
 * disk, age and count; beyond them the oldest goes, and its channel counts it by reason. A file
 * that cannot be read is set aside, and the messages that are whole in it are taken over.
 */
@Component(service = Outbox.class)
public final class Outbox {

  // Why messages are lost, as telemetry:status shows it.
  static final String TOO_OLD = "too-old";
  static final String TOO_MANY = "too-many";
  static final String TOO_LARGE = "too-large";
  static final String DAMAGED = "damaged";

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /** In the directory of the store. */
  public static final String FILE = "outbox.mv";

  private static final String INSTALLATION = "installation";
  private static final String MEMORY = "memory";
  private static final String ATTEMPTS = "attempts";
  private static final String LIMITS = "limits";
  private static final String NOTES = "notes";

  private final Store store;
  private final ChainedJournal journal;
  private final Clock clock;
  private final LossLog losses = new LossLog();
  private final ReadWriteLock eras = new ReentrantReadWriteLock();
  private StoreFile file;
  private Optional<Queues> queues = Optional.empty();
  private volatile long era;
  private volatile double fill;
  private boolean closed;

  @Activate
  public Outbox(@Reference Store store, @Reference ChainedJournal journal) {
    this(store, journal, Clock.systemUTC());
  }

  public Outbox(Store store, ChainedJournal journal, Clock clock) {
    this.store = store;
    this.journal = journal;
    this.clock = clock;
    this.file = new StoreFile(store.settings().directory().resolve(FILE), clock);
  }

  /** After this nothing can be used any more, so that no latecomer holds the file. */
  @Deactivate
  public synchronized void close() {
    closed = true;
    file.close();
  }

  /** Another after everything was forgotten; asks no disk. */
  public long era() {
    return era;
  }

  /**
   * Runs the step, unless everything was forgotten since that era; nothing is while it runs. Others
   * may use the outbox meanwhile, so that they need not wait for what the step does besides.
   *
   * @return whether it ran
   */
  public boolean within(long era, Step step) throws IOException {
    eras.readLock().lock();
    try {
      if (era != this.era) {
        return false;
      }
      step.run();
      return true;
    } finally {
      eras.readLock().unlock();
    }
  }

  /** Ends the era and runs the step, which erases the file, while nobody uses it. */
  public void forgetting(Step step) throws IOException {
    eras.writeLock().lock();
    try {
      forget(step);
    } finally {
      eras.writeLock().unlock();
    }
  }

  private synchronized void forget(Step step) throws IOException {
    era++;
    file.close();
    losses.forget();
    step.run();
  }

  /** When this installation was first seen: now, when it never was or the clock was set back. */
  public synchronized Instant firstStart() throws IOException {
    return change(
        () -> {
          Instant now = clock.instant();
          Optional<Instant> first =
              Optional.ofNullable(file.named(INSTALLATION).get("firstStart"))
                  .map(Instant::parse)
                  .filter(at -> !at.isAfter(now));
          if (first.isEmpty()) {
            file.named(INSTALLATION).put("firstStart", now.toString());
          }
          return first.orElse(now);
        });
  }

  /** What the channel must not forget; begun now when it was never seen. */
  public ChannelMemory memory(String channel) throws IOException {
    return remember(channel, UnaryOperator.identity());
  }

  /** Changes what the channel must not forget. */
  public synchronized ChannelMemory remember(String channel, UnaryOperator<ChannelMemory> next)
      throws IOException {
    return change(() -> update(channel, next));
  }

  /** Takes messages in their order, all or none, together with what the channel must remember. */
  public synchronized ChannelMemory accept(
      String channel, List<Message> messages, UnaryOperator<ChannelMemory> next)
      throws IOException {
    ChannelMemory memory =
        change(
            () -> {
              long last = lastNumber();
              queues().addAll(channel, last + 1, clock.instant(), messages);
              used(last + messages.size());
              update(channel, next);
              dropOld();
              queues().dropBeyond(store.settings());
              return remembered(channel);
            });
    keepWithin();
    return memory;
  }

  /** What was taken is on disk, so that this may fail. */
  private void keepWithin() {
    try {
      file.keepWithin(store.settings().maxBytes());
    } catch (IOException e) {
      log.warn("The outbox takes more room than it should: {}", e.getMessage());
    }
  }

  /** The oldest messages of a channel, as many as one payload may carry. */
  public synchronized List<QueuedMessage> peek(String channel, BatchLimit limit)
      throws IOException {
    return change(
        () -> {
          dropOld();
          return queues().head(channel, limit);
        });
  }

  /** Notes that an attempt begins. */
  public synchronized void begin(Attempt attempt) throws IOException {
    change(
        () -> {
          String text = AttemptCodec.encode(attempt);
          return file.named(ATTEMPTS).put(attempt.record().channel(), text) == null;
        });
  }

  /** The attempt of this channel that began and did not end. */
  public synchronized Optional<Attempt> unended(String channel) throws IOException {
    return change(() -> Optional.ofNullable(file.named(ATTEMPTS).get(channel)))
        .map(AttemptCodec::decode);
  }

  /**
   * Ends the channel's attempt.
   *
   * @param settled numbers of the messages that need no further attempt
   */
  public synchronized ChannelMemory end(
      String channel, List<Long> settled, UnaryOperator<ChannelMemory> next) throws IOException {
    return change(
        () -> {
          file.named(ATTEMPTS).remove(channel);
          queues().remove(channel, settled);
          return update(channel, next);
        });
  }

  /** Remembers an endpoint's wishes to get no messages of a category, each until its end. */
  public synchronized void limit(String endpoint, Map<String, Instant> wishes) throws IOException {
    change(
        () -> {
          limits().dropEnded(clock.instant());
          wishes.forEach((category, end) -> limits().add(endpoint, category, end));
          return wishes.size();
        });
  }

  /** When an endpoint takes messages of a category again; empty when it never said otherwise. */
  public synchronized Optional<Instant> limitEnd(String endpoint, String category)
      throws IOException {
    return change(() -> limits().end(endpoint, category));
  }

  /** What was noted under a name and must outlive this process. */
  public synchronized Optional<String> note(String name) throws IOException {
    return change(() -> Optional.ofNullable(file.named(NOTES).get(name)));
  }

  /** Notes something under a name. */
  public synchronized void note(String name, String text) throws IOException {
    change(() -> file.named(NOTES).put(name, text) == null);
  }

  /** The ids of all messages that wait. */
  public synchronized Set<String> waiting() throws IOException {
    return change(() -> queues().ids());
  }

  /** All that a channel has queued. */
  public List<QueuedMessage> all(String channel) throws IOException {
    return peek(channel, new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  /** How many messages of a channel wait. */
  public synchronized long count(String channel) throws IOException {
    return change(() -> queues().count(channel));
  }

  /**
   * How full the outbox is, from 0 to 1: beyond it the oldest goes. Of its bounds the one counts
   * that is nearest. From memory, as of the last change; 0 before the first.
   */
  public double fill() {
    return fill;
  }

  private <T> T change(Supplier<T> change) throws IOException {
    ensureOpen();
    try {
      return committed(change);
    } catch (RuntimeException e) {
      if (StoreFile.isTheContent(e)) {
        setAside(e);
        return committed(change);
      }
      throw new IOException("cannot use " + file.path() + ": " + e.getMessage(), e);
    }
  }

  private <T> T committed(Supplier<T> change) throws IOException {
    try {
      T result = change.get();
      file.commit();
      losses.tell(clock.instant());
      fill = queues().fill(store.settings());
      return result;
    } catch (RuntimeException e) {
      file.close();
      losses.forget();
      throw e;
    }
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the outbox is closed");
    }
    Path path = store.settings().directory().resolve(FILE);
    if (!file.path().equals(path)) {
      file.close();
      file = new StoreFile(path, clock);
    }
    if (!file.isClosed()) {
      return;
    }
    store.prepare();
    try {
      if (file.open(this::takeOver)) {
        queues = Optional.of(new Queues(file, this::lose));
        catchUp();
      }
    } catch (IOException e) {
      file.close();
      throw e;
    } catch (RuntimeException e) {
      setAside(e);
    }
  }

  private void setAside(RuntimeException why) throws IOException {
    losses.forget();
    file.setAside(why, this::takeOver);
  }

  /**
   * After a power loss the store may open one commit too early. What was settled since is known
   * from the journal, and what was accepted since still lies in the file.
   */
  private void catchUp() throws IOException {
    long last = lastNumber();
    Map<Long, QueuedMessage> since = new TreeMap<>();
    Frame.scan(
        file.path(),
        content ->
            MessageCodec.fields(content)
                .filter(queued -> queued.number() > last)
                .ifPresent(queued -> since.put(queued.number(), queued)));
    Set<String> settled =
        since.isEmpty() && queues().isEmpty() ? Set.of() : journal.settledMessages();
    queues().removeIf(queued -> settled.contains(queued.message().id()));
    since.values().stream()
        .filter(queued -> !settled.contains(queued.message().id()))
        .forEach(
            queued -> {
              queues().add(queued);
              used(queued.number());
              update(queued.channel(), memory -> memory.reported(queued.at()));
            });
    file.commit();
  }

  private void takeOver(Path aside) throws IOException {
    Salvage salvage =
        Salvage.read(
            new StoreFile(aside, clock),
            aside,
            Set.of(INSTALLATION, MEMORY, ATTEMPTS, LIMITS, NOTES),
            journal.settledMessages());
    queues = Optional.of(new Queues(file, this::lose));
    salvage.named().forEach((name, map) -> file.named(name).putAll(map));
    salvage.messages().values().forEach(queues()::add);
    salvage.messages().keySet().forEach(this::used);
    salvage.missing().forEach(channel -> lose(channel, DAMAGED));
    log.error(
        "Of {} messages that wait in {}, {} were taken over and {} could not be read; these are"
            + " counted as lost: {}.",
        salvage.messages().size() + salvage.missing().size(),
        aside.getFileName(),
        salvage.messages().size(),
        salvage.missing().size(),
        DAMAGED);
  }

  private void dropOld() {
    queues().dropOlderThan(clock.instant().minus(store.settings().maxAge()));
  }

  private void lose(String channel, String reason) {
    losses.add(channel, reason);
    update(channel, memory -> memory.lost(reason, 1));
  }

  private Limits limits() {
    return new Limits(file.named(LIMITS));
  }

  private Queues queues() {
    return queues.orElseThrow();
  }

  /** Never used twice, also not after the queue was empty, so that salvaged messages stay apart. */
  private void used(long number) {
    if (number > lastNumber()) {
      file.named(INSTALLATION).put("number", Long.toString(number));
    }
  }

  private long lastNumber() {
    return Long.parseLong(file.named(INSTALLATION).getOrDefault("number", "0"));
  }

  private ChannelMemory remembered(String channel) {
    return Optional.ofNullable(file.named(MEMORY).get(channel))
        .flatMap(MemoryCodec::decode)
        .orElseGet(() -> ChannelMemory.begun(clock.instant()));
  }

  private ChannelMemory update(String channel, UnaryOperator<ChannelMemory> next) {
    ChannelMemory before = remembered(channel);
    ChannelMemory memory = next.apply(before);
    if (!memory.equals(before) || !file.named(MEMORY).containsKey(channel)) {
      file.named(MEMORY).put(channel, MemoryCodec.encode(memory));
    }
    return memory;
  }
}
