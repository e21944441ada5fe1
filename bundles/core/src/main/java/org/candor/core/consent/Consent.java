package org.candor.core.consent;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.consent.Word;
import org.candor.api.control.Answered;
import org.candor.api.control.Answerer;
import org.candor.api.control.Answers;
import org.candor.api.control.ConsentControl;
import org.candor.api.control.Explanation;
import org.candor.api.control.Explanation.LayerWord;
import org.candor.core.consent.LayerMemory.Saying;
import org.candor.core.settings.ConfigFile;
import org.candor.core.settings.Etc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all layers; the strictest wins. Tells those who listen when a word may have changed. */
@Component(service = {Consent.class, ConsentControl.class})
public final class Consent implements ConsentControl {

  private static final Logger log = LoggerFactory.getLogger(Consent.class);
  private static final String NOBODY = "default";
  private static final String MEMORY = ConsentConfig.PID + ".remembered";

  private final ConfiguredLayer configured;
  private final LayerMemory memory;

  /** Always there, also before Declarative Services has handed them out as layers. */
  private final Map<String, ConsentLayer> own;

  private final Map<ConsentLayer, String> layers = new ConcurrentHashMap<>();
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final Set<Consumer<Answers>> grants = new CopyOnWriteArraySet<>();
  private final Set<String> channelsOff = new CopyOnWriteArraySet<>();

  @Activate
  public Consent(
      @Reference ConfiguredLayer configured,
      @Reference EnvironmentLayer environment,
      @Reference Etc etc) {
    this.configured = configured;
    this.own = Map.of(ConfiguredLayer.NAME, configured, EnvironmentLayer.NAME, environment);
    this.memory =
        new LayerMemory(
            new ConfigFile(etc.beside(MEMORY), Clock.systemUTC()),
            "etc/" + MEMORY,
            Clock.systemUTC());
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindLayer(ConsentLayer layer, Map<String, Object> properties) {
    if (!own.containsValue(layer)) {
      layers.put(layer, String.valueOf(properties.get(LayerName.PROPERTY)));
    }
    hear(layer);
    changed();
  }

  void updatedLayer(ConsentLayer layer) {
    hear(layer);
    changed();
  }

  void unbindLayer(ConsentLayer layer) {
    layers.remove(layer);
    changed();
  }

  /** A no is remembered as soon as it is said, whether or not a channel is there to heed it. */
  private void hear(ConsentLayer layer) {
    Optional<String> name = Optional.ofNullable(layers.get(layer));
    for (Purpose purpose : Purpose.values()) {
      name.ifPresent(known -> remembered(new Saying(known, purpose), ask(layer, purpose)));
    }
  }

  @Override
  public Explanation explain(Purpose purpose) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    own.forEach((name, layer) -> verdicts.put(name, ask(layer, purpose)));
    Map<String, Verdict> others = new TreeMap<>();
    layers.forEach((layer, name) -> others.merge(name, ask(layer, purpose), Consent::stricter));
    others.replaceAll((name, verdict) -> remembered(new Saying(name, purpose), verdict));
    others.forEach((name, verdict) -> verdicts.merge(name, verdict, Consent::stricter));
    absent(purpose, others.keySet()).forEach(verdicts::putIfAbsent);
    List<LayerWord> words =
        verdicts.entrySet().stream()
            .map(e -> new LayerWord(e.getKey(), e.getValue().word(), e.getValue().why()))
            .sorted(
                Comparator.comparing((LayerWord word) -> strictness(word.verdict()))
                    .thenComparing(LayerWord::layer))
            .toList();
    LayerWord first = words.get(0);
    return new Explanation(
        purpose,
        first.verdict() != Word.FORBIDS,
        first.verdict() == Word.SILENT ? NOBODY : first.layer(),
        words);
  }

  @Override
  public Answers answers() throws IOException {
    return configured.answers();
  }

  /**
   * As {@link #explain(Purpose)}, for one channel of that purpose, which can be turned off by name.
   */
  public Explanation explain(Purpose purpose, String channel) {
    Explanation explanation = explain(purpose);
    return channelsOff.contains(channel)
        ? new Explanation(purpose, false, explanation.decidedBy(), explanation.layers())
        : explanation;
  }

  /**
   * When a grant that a file gives over its own earlier denial counts; empty when nothing has to be
   * waited for.
   */
  public Optional<Instant> opens(Purpose purpose) {
    return Optional.empty();
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

  @Override
  public Answered answer(Answers answers, Answerer answerer) throws IOException {
    answer(answers);
    return new Answered(true, List.of());
  }

  @Override
  public Answered answerIf(Answers seen, Answers answers, Answerer answerer) throws IOException {
    return new Answered(answerIf(seen, answers), List.of());
  }

  public void answer(Set<Purpose> purposes, boolean allowed) throws IOException {
    answer(Answers.of(purposes, allowed));
  }

  public void answer(Answers answers) throws IOException {
    answers
        .channels()
        .forEach(
            (channel, on) -> {
              channelsOff.remove(channel);
              if (!on) {
                channelsOff.add(channel);
              }
            });
    if (answers.given().containsValue(false)) {
      configured.hold(answers);
      changed();
    }
    if (answers.given().containsValue(true) || answers.channels().containsValue(true)) {
      grants.forEach(listener -> listener.accept(answers));
    }
    try {
      configured.answer(answers);
      forgetAbsent(answers);
    } finally {
      changed();
    }
  }

  public boolean answerIf(Answers seen, Answers answers) throws IOException {
    boolean done = false;
    try {
      done = configured.answerIf(seen, answers);
      if (done) {
        forgetAbsent(answers);
      }
    } finally {
      changed();
    }
    return done;
  }

  private void forgetAbsent(Answers answers) throws IOException {
    Set<Purpose> allowed =
        Stream.of(Purpose.values())
            .filter(purpose -> answers.to(purpose).orElse(false))
            .collect(Collectors.toSet());
    memory.forgetAbsent(allowed, Set.copyOf(layers.values()));
  }

  /**
   * Has the action run on the thread of whoever changes a word, before the change returns; it must
   * be quick.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  /** A word may have changed. */
  void changed() {
    listeners.forEach(Consent::tell);
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | LinkageError e) {
      log.error("A change of consent could not be passed on to all", e);
    }
  }

  private static Verdict ask(ConsentLayer layer, Purpose purpose) {
    try {
      return layer.verdict(purpose);
    } catch (RuntimeException | LinkageError e) {
      return Verdict.forbids("could not be asked: " + e);
    }
  }

  /** The verdict, or the one before where the layer cannot tell. */
  private Verdict remembered(Saying saying, Verdict verdict) {
    if (verdict.word() != Word.UNKNOWN) {
      memory.keep(saying, verdict);
      return verdict;
    }
    try {
      return memory
          .recall(saying)
          .map(last -> new Verdict(last.word(), verdict.why() + "; last it said: " + last.why()))
          .orElseGet(() -> Verdict.forbids(verdict.why() + ", so that nobody knows what it says"));
    } catch (IOException e) {
      return Verdict.forbids(verdict.why() + "; etc/" + MEMORY + " cannot be read: " + e);
    }
  }

  private Map<String, Verdict> absent(Purpose purpose, Set<String> present) {
    Map<String, Verdict> absent = new TreeMap<>();
    try {
      memory
          .noes(purpose)
          .forEach(
              (layer, verdict) ->
                  absent.put(
                      layer,
                      Verdict.forbids(
                          verdict.why()
                              + "; it is not installed now, and its no counts until"
                              + " telemetry:enable "
                              + purpose.label())));
    } catch (IOException e) {
      absent.put(
          "remembered",
          Verdict.forbids(
              "etc/" + MEMORY + " cannot be read, so that nobody knows what was said: " + e));
    }
    absent.keySet().removeAll(present);
    return absent;
  }

  private static Verdict stricter(Verdict one, Verdict other) {
    return strictness(one.word()) <= strictness(other.word()) ? one : other;
  }

  private static int strictness(Word word) {
    return switch (word) {
      case FORBIDS -> 0;
      case UNKNOWN -> 1;
      case ALLOWS -> 2;
      case SILENT -> 3;
    };
  }
}
