package org.candor.core.consent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.control.Answerer;
import org.candor.control.Way;
import org.candor.core.settings.Etc;
import org.candor.core.settings.OwnersFile;
import org.candor.core.settings.UnsettledException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consent layer: what {@code etc/org.candor.consent.cfg} says. The file belongs to whoever edits it
 * and is only ever read: at first use, and after every change. Config Admin's copy is up to a
 * second older, and survives in the data folder what was changed while Karaf was down; it counts
 * only where there is no file, and for a value with a {@code ${variable}}, which it has replaced.
 * While the file is being written, what it said last counts; one that cannot be read for longer
 * than a write takes forbids: what cannot be read may be a denial. Thread-safe.
 */
@Component(
    service = {ConfiguredLayer.class, ConfigurationProblems.class},
    configurationPid = ConsentConfig.PID)
@Designate(ocd = ConsentConfig.class)
public final class ConfiguredLayer implements ConfigurationProblems {

  static final String NAME = "file";

  private static final Logger log = LoggerFactory.getLogger(ConfiguredLayer.class);
  static final String FILE = "etc/" + ConsentConfig.PID + ".cfg";
  private static final Setting<Duration> GRACE =
      Setting.duration("grace", Duration.ZERO, Duration.ofDays(365));
  private static final Duration USUAL_GRACE = Duration.ofMinutes(10);
  private static final Setting<Boolean> UNANSWERED =
      Setting.oneOf("unanswered", Map.of("yes", true, "no", false));

  /** Half of what somebody writes in place may be no configuration, for no longer than this. */
  private static final Duration WRITING = Duration.ofSeconds(2);

  private final OwnersFile file;
  private final Clock clock;
  private final Settings settings = new Settings(FILE, log::error);
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private Map<String, String> configured;
  private Optional<Map<String, String>> known = Optional.empty();
  private String lookedAt = "";
  private boolean isCurrent;
  private boolean isSettled = true;
  private Optional<Instant> unreadableSince = Optional.empty();
  private boolean lossLogged;

  @Activate
  public ConfiguredLayer(@Reference Etc etc, ConsentConfig config) {
    this(etc, config, Clock.systemUTC());
  }

  ConfiguredLayer(Etc etc, ConsentConfig config, Clock clock) {
    this(etc, values(config), clock);
  }

  private ConfiguredLayer(Etc etc, Map<String, String> configured, Clock clock) {
    this.file = etc.owners(ConsentConfig.PID);
    this.clock = clock;
    this.configured = configured;
  }

  /** The file of another instance, of which Config Admin here knows nothing. */
  static ConfiguredLayer unconfigured(Etc etc, Clock clock) {
    return new ConfiguredLayer(etc, Map.of(), clock);
  }

  @Modified
  public void modified(ConsentConfig config) {
    take(config);
    listeners.forEach(Runnable::run);
  }

  private synchronized void take(ConsentConfig config) {
    configured = values(config);
    isCurrent = false;
  }

  /**
   * Has the action run when Config Admin's copy is another, on its thread; it must be quick.
   *
   * @return ends that
   */
  Runnable onChange(Runnable action) {
    listeners.add(action);
    return () -> listeners.remove(action);
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  /** What the file says about a purpose. */
  synchronized Verdict verdict(Purpose purpose) {
    Optional<Map<String, String>> values = values();
    if (values.isEmpty() || isLost()) {
      return Verdict.forbids(FILE + " cannot be read, so that its settings are unknown");
    }
    return spellings(purpose)
        .map(key -> written(key, values.get()))
        .filter(verdict -> verdict.answer() != LayerAnswer.SILENT)
        .reduce((one, other) -> one.answer() == LayerAnswer.FORBIDS ? one : other)
        .orElseGet(() -> Verdict.silent(purpose.label() + " is not set in " + FILE));
  }

  private Verdict written(String key, Map<String, String> values) {
    String raw = value(values, key);
    if (raw.isEmpty()) {
      settings.accept(key);
      return Verdict.silent(key + " is not set in " + FILE);
    }
    String why = key + " = " + raw + " in " + FILE;
    return settings
        .read(Setting.flag(key), raw)
        .map(allowed -> allowed ? Verdict.allows(why) : Verdict.forbids(why))
        .orElseGet(() -> Verdict.forbids(why + " is neither true nor false"));
  }

  /** How long after the first start nothing leaves. */
  public synchronized Duration grace() {
    String raw = values().map(values -> value(values, GRACE.key())).orElse("");
    if (raw.isEmpty()) {
      settings.accept(GRACE.key());
      return USUAL_GRACE;
    }
    return settings.read(GRACE, raw).orElse(USUAL_GRACE);
  }

  /**
   * Whether silence allows ({@code unanswered = yes}, opt-out) or not (opt-in); empty when the file
   * does not say. What cannot be understood is opt-in.
   */
  synchronized Optional<Boolean> unanswered() {
    String raw = values().map(values -> value(values, UNANSWERED.key())).orElse("");
    if (raw.isEmpty()) {
      settings.accept(UNANSWERED.key());
      return Optional.empty();
    }
    settings.read(UNANSWERED, raw);
    return Optional.of(raw.equalsIgnoreCase("yes"));
  }

  /** Why silence does not allow. */
  static String optIn() {
    return UNANSWERED.key() + " = no in " + FILE + ", and nobody has answered";
  }

  /** Whether the file is known, so that what it does not say is not there. */
  synchronized boolean isKnown() {
    return values().isPresent() && unreadableSince.isEmpty() && isSettled;
  }

  /** Who wrote the file, as far as the system knows. */
  Answerer owner() {
    try {
      return new Answerer(Way.FILE, Files.getOwner(file.path()).getName(), "");
    } catch (IOException | UnsupportedOperationException e) {
      return Answerer.unknown(Way.FILE);
    }
  }

  Path path() {
    return file.path();
  }

  /** Differs whenever somebody has written the file, or whether it can be read has changed. */
  synchronized String version() {
    return file.version() + configured + (isLost() ? " unreadable" : "");
  }

  /** Nobody knows what it says: no write takes this long. */
  private boolean isLost() {
    Instant now = clock.instant();
    return unreadableSince
        .filter(since -> Duration.between(since, now).abs().compareTo(WRITING) >= 0)
        .isPresent();
  }

  /**
   * Whether the file was whole when it was read last, or cannot be read for good; if not, look
   * again soon.
   */
  synchronized boolean isSettled() {
    values();
    return isSettled && (unreadableSince.isEmpty() || isLost());
  }

  /** What the file says, or said last; empty when it could never be read. */
  private Optional<Map<String, String>> values() {
    String version = file.version();
    if (!isCurrent || !version.equals(lookedAt)) {
      lookedAt = version;
      isSettled = true;
      try {
        known = Optional.of(file.read(ConfiguredLayer::stricter).orElse(configured));
        isCurrent = true;
        unreadableSince = Optional.empty();
        lossLogged = false;
      } catch (UnsettledException e) {
        // Whoever asks next reads it again; until then what it said last counts.
        isCurrent = false;
        isSettled = false;
      } catch (IOException | RuntimeException e) {
        isCurrent = false;
        unreadableSince = unreadableSince.or(() -> Optional.of(clock.instant()));
        logLoss(e);
      }
    }
    return known;
  }

  /** Of a key that stands twice, in whatever case, the denial counts. */
  private static String stricter(String one, String other) {
    boolean isDenial =
        !one.isBlank() && Stream.of("true", "yes").noneMatch(one.strip()::equalsIgnoreCase);
    return isDenial || other.isBlank() ? one : other;
  }

  private void logLoss(Exception e) {
    if (!lossLogged && (known.isEmpty() || isLost())) {
      log.error("{} cannot be read ({}). Until it can, nothing is sent.", FILE, e.toString());
      lossLogged = true;
    }
  }

  private String value(Map<String, String> values, String key) {
    String raw = values.getOrDefault(key, "").strip();
    String replaced = configured.getOrDefault(key, "").strip();
    return raw.contains("${") && !replaced.isEmpty() ? replaced : raw;
  }

  private static Map<String, String> values(ConsentConfig config) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.put(key(Purpose.USAGE), config.usage());
    values.put(key(Purpose.ERRORS), config.errors());
    values.put(key(Purpose.VERSION_CHECK), config.versionCheck());
    values.put(Purpose.VERSION_CHECK.label(), config.version$_$check());
    values.put(GRACE.key(), config.grace());
    values.put(UNANSWERED.key(), config.unanswered());
    return values;
  }

  /** The name that all commands use, and the alias. */
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
