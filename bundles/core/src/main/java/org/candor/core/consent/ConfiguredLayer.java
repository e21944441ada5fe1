package org.candor.core.consent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.consent.Word;
import org.candor.api.control.Answers;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.core.settings.ConfigFile;
import org.candor.core.settings.Etc;
import org.candor.core.settings.UnsettledException;
import org.candor.core.store.Step;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The word of {@code etc/org.candor.consent.cfg}. The file itself is read, at first use and after
 * every change of the configuration: Config Admin's copy is up to a second older, and survives in
 * the data folder what was changed while Karaf was down. Config Admin's copy counts only where
 * there is no file, and for a value with a {@code ${variable}}, which it has replaced. While the
 * file is being written, what it said last counts; a no where that is not known, and when it cannot
 * be read for longer than a write takes: what cannot be read may be a no.
 */
@Component(
    service = {ConsentLayer.class, ConfiguredLayer.class},
    configurationPid = ConsentConfig.PID)
@Designate(ocd = ConsentConfig.class)
@LayerName(ConfiguredLayer.NAME)
public final class ConfiguredLayer implements ConsentLayer {

  static final String NAME = "configuration";

  private static final Logger log = LoggerFactory.getLogger(ConfiguredLayer.class);
  private static final String FILE = "etc/" + ConsentConfig.PID + ".cfg";
  private static final Setting<Duration> GRACE =
      Setting.duration("grace", Duration.ZERO, Duration.ofDays(365));

  /** File Install looks once a second, and may put back what it read just before an answer. */
  private static final Duration HELD = Duration.ofSeconds(3);

  /** Half of what somebody writes in place may be no configuration, for no longer than this. */
  private static final Duration WRITING = Duration.ofSeconds(2);

  private static final Set<String> KEYS =
      Stream.of(Purpose.values())
          .flatMap(ConfiguredLayer::spellings)
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> NAMED =
      Stream.concat(Stream.of(Purpose.values()).map(ConfiguredLayer::key), Stream.of(GRACE.key()))
          .toList();

  private final ConfigFile file;
  private final Clock clock;
  private final Settings settings = new Settings(FILE, log::error);
  private final StrayKeys stray = new StrayKeys(FILE, NAMED, KEYS, log::warn);
  private final Map<Purpose, Hold> holds = new EnumMap<>(Purpose.class);
  private final Undoing undoing;
  private Map<String, String> configured;
  private Optional<Map<String, String>> known = Optional.empty();
  private String lookedAt = "";
  private boolean isCurrent;
  private boolean isSettled = true;
  private Optional<Instant> unreadableSince = Optional.empty();
  private boolean lossTold;

  @Activate
  public ConfiguredLayer(@Reference Etc etc, ConsentConfig config) {
    this(etc, config, Clock.systemUTC());
  }

  ConfiguredLayer(Etc etc, ConsentConfig config, Clock clock) {
    this.file = etc.file(ConsentConfig.PID);
    this.clock = clock;
    this.undoing = new Undoing(KEYS, clock);
    this.configured = values(config);
  }

  /**
   * A no that was answered counts whatever the file says.
   *
   * @param until when the file counts again
   * @param why for {@code explain}
   */
  private record Hold(Instant until, String why) {}

  @Modified
  public synchronized void modified(ConsentConfig config) {
    configured = values(config);
    isCurrent = false;
  }

  @Override
  public synchronized Verdict verdict(Purpose purpose) {
    Verdict written = written(purpose);
    return written.word() == Word.FORBIDS
        ? written
        : held(purpose).map(hold -> Verdict.forbids(hold.why())).orElse(written);
  }

  private Optional<Hold> held(Purpose purpose) {
    return Optional.ofNullable(holds.get(purpose))
        .filter(hold -> hold.until().isAfter(clock.instant()));
  }

  private Verdict written(Purpose purpose) {
    Optional<Map<String, String>> values = values();
    if (values.isEmpty() || isLost()) {
      return Verdict.forbids(FILE + " cannot be read, so that nobody knows what it says");
    }
    Verdict written = written(key(purpose), values.get());
    return spellings(purpose)
        .map(key -> written(key, values.get()))
        .filter(verdict -> verdict.word() != Word.SILENT)
        .reduce((one, other) -> one.word() == Word.FORBIDS ? one : other)
        .orElse(written);
  }

  private Verdict written(String key, Map<String, String> values) {
    String raw = value(values, key).orElse("");
    if (raw.isEmpty()) {
      return Verdict.silent(key + " is not set in " + FILE);
    }
    String why = key + " = " + raw + " in " + FILE;
    return settings
        .read(Setting.flag(key), raw)
        .map(allowed -> allowed ? Verdict.allows(why) : Verdict.forbids(why))
        .orElseGet(() -> Verdict.forbids(why + " cannot be understood"));
  }

  /** How long after the first start nothing leaves. */
  public synchronized Duration grace() {
    return values()
        .flatMap(values -> value(values, GRACE.key()))
        .flatMap(raw -> settings.read(GRACE, raw))
        .orElse(Duration.ofMinutes(10));
  }

  /** What is answered here; what cannot be understood is a no. */
  public synchronized Answers answers() throws IOException {
    if (values().isEmpty() || isLost()) {
      throw new IOException(FILE + " cannot be read");
    }
    Map<Purpose, Boolean> given = new EnumMap<>(Purpose.class);
    for (Purpose purpose : Purpose.values()) {
      Verdict verdict = verdict(purpose);
      if (verdict.word() != Word.SILENT) {
        given.put(purpose, verdict.word() == Word.ALLOWS);
      }
    }
    return new Answers(given);
  }

  /** From now on a no of these counts, before it is written. */
  synchronized void hold(Answers answers) {
    hold(answers, clock.instant().plus(HELD), "said just now");
  }

  private void hold(Answers answers, Instant until, String why) {
    answers
        .given()
        .forEach(
            (purpose, yes) -> {
              if (!yes) {
                holds.put(purpose, new Hold(until, why));
              }
            });
  }

  /** Writes the owner's answers. A no is obeyed also when it cannot be written. */
  public void answer(Answers answers) throws IOException {
    hold(answers);
    orHold(
        answers,
        () -> {
          file.awaitTaken();
          write(answers);
        });
    file.awaitKept(changes(answers));
  }

  /** As {@link #answer}, unless the answers are others than were seen. */
  public boolean answerIf(Answers seen, Answers answers) throws IOException {
    AtomicBoolean same = new AtomicBoolean();
    orHold(
        answers,
        () -> {
          file.awaitTaken();
          same.set(writeIf(seen, answers));
        });
    if (same.get()) {
      file.awaitKept(changes(answers));
    }
    return same.get();
  }

  /** A file that cannot be parsed cannot be written either: what else it says would be lost. */
  private void orHold(Answers answers, Step step) throws IOException {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      holdForGood(answers);
      throw new IOException(FILE + " could not be written: " + e.getMessage(), e);
    }
  }

  private synchronized void holdForGood(Answers answers) {
    hold(answers, Instant.MAX, "said just now; " + FILE + " could not be written");
  }

  private synchronized boolean writeIf(Answers seen, Answers answers) throws IOException {
    boolean same = answers().equals(seen);
    if (same) {
      write(answers);
    }
    return same;
  }

  private synchronized void write(Answers answers) throws IOException {
    rewrite(withOtherSpellings(answers));
    answers.given().keySet().forEach(holds::remove);
    hold(answers);
  }

  private void rewrite(Map<String, String> changes) throws IOException {
    undoing.wrote(file.write(changes));
    isCurrent = false;
  }

  private static Map<String, String> changes(Answers answers) {
    return answers.given().entrySet().stream()
        .collect(Collectors.toMap(e -> key(e.getKey()), e -> e.getValue().toString()));
  }

  /** What stands there in another spelling says the same then, and forbids no more after a yes. */
  private Map<String, String> withOtherSpellings(Answers answers) {
    Set<String> there = values().orElse(Map.of()).keySet();
    Map<String, String> changes = new HashMap<>(changes(answers));
    answers
        .given()
        .forEach(
            (purpose, yes) ->
                spellings(purpose)
                    .filter(there::contains)
                    .forEach(key -> changes.put(key, yes.toString())));
    return changes;
  }

  Path path() {
    return file.path();
  }

  /** Differs whenever somebody has written the file, or whether it can be read has changed. */
  synchronized String version() {
    return file.version() + (isLost() ? " unreadable" : "");
  }

  /** Nobody knows what it says: no write takes this long. */
  private boolean isLost() {
    Instant now = clock.instant();
    return unreadableSince
        .filter(since -> Duration.between(since, now).abs().compareTo(WRITING) >= 0)
        .isPresent();
  }

  /**
   * Whether the file was whole when it was read last, and counts, or cannot be read for good; if
   * not, look again soon. Once not for each hold that ended since the last call, so that its end is
   * not missed.
   */
  synchronized boolean isSettled() {
    Instant now = clock.instant();
    boolean isHeld = holds.values().stream().anyMatch(hold -> !hold.until().equals(Instant.MAX));
    holds.values().removeIf(hold -> !hold.until().isAfter(now));
    boolean isKnown = unreadableSince.isEmpty() || isLost();
    return isSettled && isKnown && !isHeld && undoing.undone().isEmpty();
  }

  /** Writes again what a person answered and the framework undid. */
  void restore() throws IOException {
    if (!undone().isEmpty()) {
      file.awaitTaken();
      writeUndone();
    }
  }

  private synchronized Map<String, String> undone() {
    values();
    return undoing.undone();
  }

  private synchronized void writeUndone() throws IOException {
    Map<String, String> undone = undone();
    if (!undone.isEmpty()) {
      rewrite(undone);
      log.warn(
          "{}: Karaf wrote over what was said there seconds before. {} counts and was written again;"
              + " to take it back, say so once more.",
          FILE,
          undone.entrySet().stream()
              .map(entry -> entry.getKey() + " = " + entry.getValue())
              .collect(Collectors.joining(", ")));
    }
  }

  /** What the file says, or said last; empty when it could never be read. */
  private Optional<Map<String, String>> values() {
    String version = file.version();
    if (!isCurrent || !version.equals(lookedAt)) {
      lookedAt = version;
      isSettled = true;
      try {
        known = Optional.of(read());
        isCurrent = true;
        unreadableSince = Optional.empty();
        lossTold = false;
      } catch (UnsettledException e) {
        // Whoever asks next reads it again; until then what it said last counts.
        isCurrent = false;
        isSettled = false;
      } catch (IOException | RuntimeException e) {
        isCurrent = false;
        unreadableSince = unreadableSince.or(() -> Optional.of(clock.instant()));
        tellLoss(e);
      }
    }
    return known;
  }

  private void tellLoss(Exception e) {
    if (!lossTold && (known.isEmpty() || isLost())) {
      log.error("{} cannot be read ({}). Until it can, nothing is sent.", FILE, e.toString());
      lossTold = true;
    }
  }

  /** What the file says, and a person answered there and the framework undid. */
  private Map<String, String> read() throws IOException {
    Optional<Map<String, String>> read = file.read();
    if (read.isEmpty()) {
      return configured;
    }
    stray.look(read.get().keySet());
    undoing.read(read.get(), file.isCopied(withAllAnswers(read.get())));
    Map<String, String> values = caseless(read.get());
    values.putAll(undoing.undone());
    return values;
  }

  private static Map<String, String> withAllAnswers(Map<String, String> values) {
    Map<String, String> all = caseless(values);
    KEYS.forEach(key -> all.putIfAbsent(key, ""));
    return all;
  }

  private static Map<String, String> caseless(Map<String, String> values) {
    Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseless.putAll(values);
    return caseless;
  }

  private Optional<String> value(Map<String, String> values, String key) {
    String raw = values.getOrDefault(key, "").strip();
    String replaced = configured.getOrDefault(key, "").strip();
    return Optional.of(raw.contains("${") && !replaced.isEmpty() ? replaced : raw)
        .filter(value -> !value.isEmpty());
  }

  private static Map<String, String> values(ConsentConfig config) {
    return Map.of(
        key(Purpose.USAGE), config.usage(),
        key(Purpose.ERRORS), config.errors(),
        key(Purpose.VERSION_CHECK), config.versionCheck(),
        GRACE.key(), config.grace());
  }

  /** The key, and the name that all commands use. */
  private static Stream<String> spellings(Purpose purpose) {
    return Stream.of(key(purpose), purpose.label()).distinct();
  }

  private static String key(Purpose purpose) {
    return switch (purpose) {
      case USAGE -> "usage";
      case ERRORS -> "errors";
      case VERSION_CHECK -> "versionCheck";
    };
  }
}
