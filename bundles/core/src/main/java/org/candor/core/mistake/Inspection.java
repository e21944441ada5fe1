package org.candor.core.mistake;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.core.feature.Features;

/** Configuration linter: finds files that nobody reads, and keys that nobody declares. */
final class Inspection {

  private static final String OURS = "org.candor.";

  /** What the framework keeps beside an owner's keys. */
  private static final List<String> FRAMEWORK = List.of("felix.", "service.", "org.apache.");

  /** Keys that are read without being declared. */
  private static final Map<String, Set<String>> ALIASES =
      Map.of("org.candor.consent", Set.of("version-check", "unanswered"));

  private final Declarations declarations;
  private final Features features;

  Inspection(Declarations declarations, Features features) {
    this.declarations = declarations;
    this.features = features;
  }

  /** What the installed bundles read. */
  interface Declarations {

    /** Every PID that somebody here reads. */
    Set<String> pids();

    /** The keys of a PID. */
    Set<String> of(String pid);
  }

  /** What is wrong with a file. */
  List<ConfigurationProblem> inspect(ConfiguredFile file) {
    Optional<String> misnamed = misnamed(file);
    if (misnamed.isPresent()) {
      return List.of(ConfigurationProblem.ofFile(file.file(), misnamed.get()));
    }
    return declarations.pids().contains(file.pid())
        ? Stream.concat(doubled(file), unknownKeys(file)).toList()
        : List.of(ConfigurationProblem.ofFile(file.file(), unread(file)));
  }

  /** Of some files there is one only, of others there are several, each with a name of its own. */
  private Optional<String> misnamed(ConfiguredFile file) {
    String pid = file.pid();
    if (features.isFactory(pid)) {
      return file.suffix().isEmpty()
          ? Optional.of("unknown file, ignored; did you mean " + pid + "-NAME.cfg?")
          : Optional.empty();
    }
    return file.suffix().isEmpty() || features.reading(pid).isEmpty()
        ? Optional.empty()
        : Optional.of(
            "there is only one file of this kind, etc/"
                + pid
                + ".cfg; move the keys there and remove this file.");
  }

  /** Config Admin does not distinguish upper from lower case, and refuses a file with both. */
  private static Stream<ConfigurationProblem> doubled(ConfiguredFile file) {
    Map<String, List<String>> spellings =
        file.values().keySet().stream()
            .sorted()
            .collect(
                Collectors.groupingBy(
                    key -> key.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
    return spellings.values().stream()
        .filter(keys -> keys.size() > 1)
        .map(
            keys ->
                ConfigurationProblem.secret(
                    file.file(),
                    keys.get(0),
                    "set more than once, as "
                        + String.join(" and ", keys)
                        + ": Karaf refuses the whole file, and the previous values stay; remove"
                        + " all but one."));
  }

  private Stream<ConfigurationProblem> unknownKeys(ConfiguredFile file) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(declarations.of(file.pid()));
    known.addAll(ALIASES.getOrDefault(file.pid(), Set.of()));
    return file.values().entrySet().stream()
        .filter(entry -> !known.contains(entry.getKey()) && !isFrameworks(entry.getKey()))
        .map(entry -> unknown(file.file(), entry.getKey(), entry.getValue(), known));
  }

  private static boolean isFrameworks(String key) {
    return FRAMEWORK.stream().anyMatch(key.toLowerCase(Locale.ROOT)::startsWith);
  }

  /** A value may be shown when it is clear what is meant, and that is no secret. */
  private static ConfigurationProblem unknown(
      String file, String key, String value, Set<String> known) {
    Optional<String> meant = NearestName.of(key, known);
    String message =
        "unknown key, ignored; "
            + meant
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "the keys are " + String.join(", ", known) + ".");
    return meant.isEmpty() || ConfigurationProblem.isSecret(meant.get())
        ? ConfigurationProblem.secret(file, key, message)
        : ConfigurationProblem.of(file, key, value, message);
  }

  private String unread(ConfiguredFile file) {
    return features
        .reading(file.pid())
        .map(feature -> "waits for the feature " + feature + ".")
        .orElseGet(
            () ->
                meant(file)
                    .map(name -> "unknown file, ignored; did you mean " + name + ".cfg?")
                    .orElse("unknown file, ignored; nothing of this build reads it."));
  }

  private Optional<String> meant(ConfiguredFile file) {
    Set<String> pids =
        new TreeSet<>(
            Stream.concat(declarations.pids().stream(), features.pids().stream())
                .filter(pid -> pid.startsWith(OURS))
                .map(pid -> pid.substring(OURS.length()))
                .toList());
    return pids.stream()
        .map(OURS::concat)
        .filter(pid -> features.isFactory(pid) && file.pid().startsWith(pid + "."))
        .map(pid -> pid + "-" + file.name().substring(pid.length() + 1))
        .findFirst()
        .or(
            () ->
                NearestName.of(own(file.pid()), pids)
                    .map(OURS::concat)
                    .map(pid -> features.isFactory(pid) ? pid + named(file) : pid));
  }

  /** What distinguishes a PID from others; nothing in {@code org.candor.cfg}. */
  private static String own(String pid) {
    return pid.startsWith(OURS) ? pid.substring(OURS.length()) : "";
  }

  private static String named(ConfiguredFile file) {
    return file.suffix().isEmpty() ? "-NAME" : file.suffix();
  }
}
