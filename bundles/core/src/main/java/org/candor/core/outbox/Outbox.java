package org.candor.core.outbox;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.candor.api.report.Message;
import org.candor.api.sink.BatchLimit;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.store.IoAction;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.candor.core.store.Store;
import org.candor.core.work.SteadyClock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Outbox (store and forward): what is to be sent, and what every channel must remember, in one
 * file. Each method is one transaction: when it returns, its change is on disk; when it throws,
 * nothing was changed. Bounded by bytes on disk, age and count; each channel has a share that it
 * can always use, and beyond a bound the one that is most above its share loses its oldest, which
 * it counts by reason. A file that cannot be read is set aside, and the messages that are whole in
 * it are taken over.
 */
@Component(service = {Outbox.class, Resettable.class})
public final class Outbox implements Resettable {

  // Why messages are lost, as telemetry:status shows it.
  static final String TOO_OLD = "too-old";
  static final String TOO_MANY = "too-many";
  static final String TOO_LARGE = "too-large";
  static final String DAMAGED = "damaged";

  /** In the directory of the store. */
  public static final String FILE = "outbox.mv";

  private final Store store;
  private final OutboxFile file;
  private final QueueShares shares = new QueueShares();
  private final ReadWriteLock generations = new ReentrantReadWriteLock();
  private volatile long generation;

  @Activate
  public Outbox(
      @Reference Store store, @Reference ChainedJournal journal, @Reference SteadyClock clock) {
    this(store, journal, (Clock) clock);
  }

  public Outbox(Store store, ChainedJournal journal, Clock clock) {
    this.file = new OutboxFile(store, new Recovery(journal, clock), shares, clock);
    this.store = store;
  }

  /** After this nothing can be used any more, so that no latecomer holds the file. */
  @Deactivate
  public synchronized void close() {
    file.close();
  }

  /** Reset generation: another one after everything was forgotten; asks no disk. */
  public long generation() {
    return generation;
  }

  /**
   * Runs the step, unless everything was forgotten since that generation; nothing is while it runs.
   * Others may use the outbox meanwhile, so that they need not wait for what the step does besides.
   *
   * @return whether it ran
   */
  public boolean within(long generation, IoAction step) throws IOException {
    generations.readLock().lock();
    try {
      if (generation != this.generation) {
        return false;
      }
      step.run();
      return true;
    } finally {
      generations.readLock().unlock();
    }
  }

  @Override
  public ResetOrder order() {
    return ResetOrder.OUTBOX;
  }

  /** Begins another reset generation as well. */
  @Override
  public void erasing(IoAction step) throws IOException {
    generations.writeLock().lock();
    try {
      forget(step);
    } finally {
      generations.writeLock().unlock();
    }
  }

  /** Another directory is another queue. */
  @Override
  public void moving(IoAction step) throws IOException {
    erasing(step);
  }

  private synchronized void forget(IoAction step) throws IOException {
    generation++;
    file.release();
    step.run();
  }

  /** When this installation was first seen: now, when it never was or the clock was set back. */
  public synchronized Instant firstStart() throws IOException {
    return file.change(Contents::firstStart);
  }

  /** What the channel must not forget; begun now when it was never seen. */
  public ChannelMemory memory(String channel) throws IOException {
    return remember(channel, UnaryOperator.identity());
  }

  /** Changes what the channel must not forget. */
  public synchronized ChannelMemory remember(String channel, UnaryOperator<ChannelMemory> next)
      throws IOException {
    return file.change(contents -> contents.update(channel, next));
  }

  /** What a step of the channel has to know, after the change of what it must not forget. */
  public synchronized OutboxView view(String channel, UnaryOperator<ChannelMemory> next)
      throws IOException {
    return file.change(
        contents -> {
          contents.dropOld(store.settings());
          contents.update(channel, next);
          return contents.view(channel, store.settings());
        });
  }

  /** Takes messages in their order, all or none, together with what the channel must remember. */
  public synchronized OutboxView accept(
      String channel, List<Message> messages, UnaryOperator<ChannelMemory> next)
      throws IOException {
    OutboxView view =
        file.change(
            contents -> {
              queue(contents, channel, messages, next);
              return contents.view(channel, store.settings());
            });
    file.keepWithin();
    return view;
  }

  private List<Long> queue(
      Contents contents,
      String channel,
      List<Message> messages,
      UnaryOperator<ChannelMemory> next) {
    List<Long> numbers = contents.append(channel, messages);
    contents.update(channel, next);
    contents.dropOld(store.settings());
    contents.dropBeyond(store.settings());
    return numbers;
  }

  /**
   * Write-ahead for a report that is made when an attempt can begin: takes messages as {@link
   * #accept} does, and notes in the same commit that an attempt begins, at them, at some that wait
   * or at both, unless one of those waits no more.
   *
   * @param attempt the note, from the numbers that the new messages got
   * @return the note; empty when no attempt began, and those that fit wait
   */
  public synchronized Optional<Attempt> acceptAndBegin(
      String channel,
      List<Message> messages,
      UnaryOperator<ChannelMemory> next,
      Function<List<Long>, Attempt> attempt)
      throws IOException {
    Optional<Attempt> begun =
        file.change(
            contents -> {
              List<Long> numbers = queue(contents, channel, messages, next);
              Attempt note = attempt.apply(numbers);
              if (!contents.queues().holds(channel, note.numbers())) {
                return Optional.empty();
              }
              contents.attempts().put(channel, AttemptCodec.encode(note));
              return Optional.of(note);
            });
    file.keepWithin();
    return begun;
  }

  /** The oldest messages of a channel, as many as one payload may carry. */
  public synchronized List<QueuedMessage> peek(String channel, BatchLimit limit)
      throws IOException {
    return file.change(
        contents -> {
          contents.dropOld(store.settings());
          return contents.queues().head(channel, limit);
        });
  }

  /** Notes that an attempt begins. */
  public synchronized void begin(Attempt attempt) throws IOException {
    String text = AttemptCodec.encode(attempt);
    file.make(contents -> contents.attempts().put(attempt.record().channel(), text));
  }

  /** The attempt of this channel that began and did not end. */
  public synchronized Optional<Attempt> unended(String channel) throws IOException {
    return file.change(contents -> Optional.ofNullable(contents.attempts().get(channel)))
        .map(AttemptCodec::decode);
  }

  /**
   * Ends the channel's attempt.
   *
   * @param settled numbers of the messages that need no further attempt
   */
  public synchronized OutboxView end(
      String channel, List<Long> settled, UnaryOperator<ChannelMemory> next) throws IOException {
    OutboxView view =
        file.change(
            contents -> {
              contents.attempts().remove(channel);
              contents.queues().remove(channel, settled);
              contents.update(channel, next);
              return contents.view(channel, store.settings());
            });
    if (store.room().isTight()) {
      file.keepWithin();
    }
    return view;
  }

  /** Remembers an endpoint's wishes to get no messages of a category, each until its end. */
  public synchronized void limit(String endpoint, Map<String, Instant> wishes) throws IOException {
    file.make(contents -> contents.limit(endpoint, wishes));
  }

  /** What was noted under a name and must outlive this process. */
  public synchronized Optional<String> note(String name) throws IOException {
    return file.change(contents -> Optional.ofNullable(contents.notes().get(name)));
  }

  /** Notes something under a name. */
  public synchronized void note(String name, String text) throws IOException {
    file.make(contents -> contents.notes().put(name, text));
  }

  /** The ids of all messages that wait. */
  public synchronized Set<String> waiting() throws IOException {
    return file.change(contents -> contents.queues().ids());
  }

  /** Those of some ids whose messages wait. */
  public synchronized Set<String> waiting(Set<String> ids) throws IOException {
    return file.change(contents -> contents.queues().waiting(ids));
  }

  /** What is known of messages that may have been made before. */
  public synchronized Past past() throws IOException {
    return file.past();
  }

  /** All that a channel has queued. */
  public List<QueuedMessage> all(String channel) throws IOException {
    return peek(channel, new BatchLimit(Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  /** How many messages of a channel wait. */
  public synchronized long count(String channel) throws IOException {
    return file.change(contents -> contents.queues().count(channel));
  }

  /**
   * How often the file was used, and how often that had to wait for the disk, since it was made.
   */
  public Use use() {
    return file.use();
  }

  /**
   * Counters of the outbox's use.
   *
   * @param transactions changes and looks
   * @param flushes those that changed something
   */
  public record Use(long transactions, long flushes) {}

  /** Whether the disk is so full that what can be done without should not be queued any more. */
  public boolean isTight() {
    return store.room().isTight();
  }

  /** Which share a channel has from now on. */
  public void classify(String channel, QueueClass of) {
    shares.classify(channel, of);
  }

  /**
   * How near a channel is to losing its oldest message because of a bound, from 0 to 1. From
   * memory, as of the last change; 0 before the first.
   */
  public double fill(String channel) {
    return file.fill(channel);
  }
}
