package org.candor.core.consent;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.ConsentControl;
import org.candor.control.Explanation;
import org.candor.core.identity.CopyDetector;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.settings.Etc;
import org.candor.core.work.SerialTask;
import org.candor.core.work.WorkerPool;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consent decision point: whether a purpose is allowed, and authorised by whom. Deny overrides: the
 * strictest layer wins. Tells those who listen when something may have changed. What counts is in
 * memory; what is written down, and when, is the {@link AnswerKeeper}'s. Thread-safe.
 */
@Component(service = {Consent.class, ConsentControl.class})
public final class Consent implements ConsentControl {

  private static final Logger log = LoggerFactory.getLogger(Consent.class);

  private final ConfiguredLayer file;
  private final Layers layers = new Layers();
  private final Decider decider;
  private final AnswerKeeper keeper;
  private final SerialTask record;
  private final BooleanSupplier stopping;
  private final Runnable stopListening;
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final Set<Consumer<Answers>> grants = new CopyOnWriteArraySet<>();

  @Activate
  public Consent(
      BundleContext context,
      @Reference ConfiguredLayer file,
      @Reference EnvironmentLayer environment,
      @Reference ParentLayer parent,
      @Reference CopyDetector installation,
      @Reference Etc etc,
      @Reference ChainedJournal journal,
      @Reference WorkerPool workers) {
    this(
        file,
        environment,
        parent,
        installation::copied,
        new AnswerFile(etc, Clock.systemUTC()),
        ConsentAuditLog.of(journal),
        workers::execute,
        () -> isStopping(context),
        Clock.systemUTC());
  }

  /**
   * @param copied when this was seen to be a copy of another installation
   * @param workers write down what layers say
   * @param stopping whether the framework is stopping, so that layers go which come again
   */
  Consent(
      ConfiguredLayer file,
      EnvironmentLayer environment,
      ParentLayer parent,
      Supplier<Optional<Instant>> copied,
      AnswerFile answers,
      ConsentAuditLog journal,
      Executor workers,
      BooleanSupplier stopping,
      Clock clock) {
    this.file = file;
    this.stopping = stopping;
    this.decider = new Decider(file, environment, parent, layers);
    LayerRecorder recorder = new LayerRecorder(file, environment, layers, decider, clock);
    this.keeper = AnswerKeeper.of(answers, journal, decider, recorder, layers, copied, clock);
    this.record = new SerialTask(workers, this::recordNow);
    this.stopListening = file.onChange(this::changed);
  }

  @Deactivate
  void close() {
    stopListening.run();
  }

  private static boolean isStopping(BundleContext context) {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    return system != null && system.getState() == Bundle.STOPPING;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindLayer(ConsentLayer layer, Map<String, Object> properties) {
    layers.bind(
        layer,
        String.valueOf(properties.get(LayerName.PROPERTY)),
        Boolean.TRUE.equals(properties.get(ConsentLayer.ANSWERS)));
    changed();
  }

  void updatedLayer(ConsentLayer layer) {
    layers.hear(layer);
    changed();
  }

  void unbindLayer(ConsentLayer layer) {
    if (!stopping.getAsBoolean()) {
      layers.unbind(layer);
      changed();
    }
  }

  @Override
  public Explanation explain(Purpose purpose) {
    return keeper.queries().explain(purpose, Optional.empty());
  }

  /**
   * As {@link #explain(Purpose)}, for one channel of that purpose, which can be turned off by name.
   */
  public Explanation explain(Purpose purpose, String channel) {
    return keeper.queries().explain(purpose, Optional.of(Subject.channel(channel)));
  }

  /**
   * When a grant that a file gives over its own earlier denial counts; empty when nothing has to be
   * waited for.
   */
  public Optional<Instant> opens(Purpose purpose) {
    return keeper.queries().waiting(purpose).map(grant -> grant.at().plus(file.grace()));
  }

  @Override
  public Answers answers() throws IOException {
    return keeper.queries().answers();
  }

  @Override
  public Answered answer(Answers answers, Answerer answerer) throws IOException {
    return answer(Optional.empty(), answers, answerer);
  }

  @Override
  public Answered answerIf(Answers seen, Answers answers, Answerer answerer) throws IOException {
    return answer(Optional.of(seen), answers, answerer);
  }

  private Answered answer(Optional<Answers> seen, Answers answers, Answerer answerer)
      throws IOException {
    Optional<AnswerMemory.Asked> asked;
    try {
      asked = keeper.memory().hold(seen, answers, answerer);
    } catch (IOException e) {
      notifyListeners();
      throw e;
    }
    if (asked.isEmpty()) {
      return new Answered(false, List.of());
    }
    if (asked.get().isNew()) {
      // What is in flight is aborted before anything is written.
      notifyListeners();
    }
    try {
      return keeper.writer().answer(asked.get(), answers, answerer, this::granted);
    } finally {
      changed();
    }
  }

  private void granted(Answers accepted) {
    grants.forEach(
        action -> {
          try {
            action.accept(accepted);
          } catch (RuntimeException | LinkageError e) {
            log.error("Not every listener could be notified of a grant", e);
          }
        });
  }

  /**
   * Has the action run on the thread of whoever changes something, before the change returns; it
   * must be quick.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  /**
   * Has the action run with every grant of shell, API or page, on the thread of whoever gives it,
   * before the grant counts.
   *
   * @return ends that
   */
  public Runnable onGrant(Consumer<Answers> action) {
    grants.add(action);
    return () -> grants.remove(action);
  }

  /** What a layer says may have changed. */
  void changed() {
    notifyListeners();
    record.ask();
  }

  /**
   * Rereads what lies on disk, if somebody else put it there, and retries what could not be
   * written.
   */
  void look() {
    if (keeper.writer().look()) {
      notifyListeners();
    }
    if (keeper.writer().isBehind()) {
      record.ask();
    }
  }

  private void recordNow() {
    try {
      if (!stopping.getAsBoolean() && keeper.writer().record()) {
        notifyListeners();
      }
    } catch (IOException e) {
      log.debug("What the layers say counts, and is saved later", e);
    }
  }

  private void notifyListeners() {
    listeners.forEach(Consent::notifyListener);
  }

  private static void notifyListener(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | LinkageError e) {
      log.error("Not every listener could be notified of a change of consent", e);
    }
  }
}
