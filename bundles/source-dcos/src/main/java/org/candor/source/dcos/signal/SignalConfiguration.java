package org.candor.source.dcos.signal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;

/**
 * Effective configuration: what DC/OS's files say together.
 *
 * @param target names the files of dcos-signal's configuration, for {@link Verdict#target}
 * @param signals what was seen of those, the one that dcos-signal lets win last
 * @param version what was seen of the version file, where one is looked for
 */
public record SignalConfiguration(
    String target, List<FileSnapshot> signals, Optional<FileSnapshot> version) {

  public SignalConfiguration {
    signals = List.copyOf(signals);
  }

  /** Nothing is configured to be read. */
  public static SignalConfiguration nothingToRead() {
    return new SignalConfiguration("", List.of(), Optional.empty());
  }

  /**
   * Nobody knows what to read.
   *
   * @param key of which the value is refused, and in which file
   */
  public static SignalConfiguration refused(String key) {
    FileSnapshot sight =
        new FileSnapshot(key, FileSnapshot.State.LOST, Document.NOTHING, "is refused: correct it");
    return new SignalConfiguration("not known", List.of(sight), Optional.empty());
  }

  /** What the files say on a purpose. */
  public Verdict verdict(Purpose purpose) {
    return purpose == Purpose.USAGE
        ? usage()
        : of(LayerAnswer.SILENT, "dcos-signal, whose setting this is, sends usage only");
  }

  // dcos-signal lets the extra file win; which of two is meant is not guessed here.
  private Verdict usage() {
    return forbidding()
        .or(this::unknown)
        .or(() -> says(LayerAnswer.ALLOWS))
        .orElseGet(() -> of(LayerAnswer.SILENT, nothing()));
  }

  /** The verdict that forbids, if any file does. */
  Optional<Verdict> forbidding() {
    return says(LayerAnswer.FORBIDS);
  }

  private Optional<Verdict> says(LayerAnswer word) {
    return signals.stream()
        .filter(sight -> sight.state() == FileSnapshot.State.READ)
        .flatMap(
            sight ->
                sight.document().enabled().stream()
                    .filter(enabled -> enabled.answer() == word)
                    .map(
                        enabled -> of(word, "enabled = " + enabled.text() + " in " + sight.path())))
        .findFirst();
  }

  private Optional<Verdict> unknown() {
    return signals.stream()
        .filter(sight -> sight.state() == FileSnapshot.State.LOST)
        .map(sight -> of(LayerAnswer.UNKNOWN, sight.path() + " " + sight.why()))
        .findFirst();
  }

  private String nothing() {
    return signals.isEmpty()
        ? "not configured: signalConfig and signalExtraConfig are empty"
        : signals.stream()
            .map(
                sight ->
                    sight.state() == FileSnapshot.State.ABSENT
                        ? "there is no " + sight.path()
                        : "there is no enabled in " + sight.path())
            .collect(Collectors.joining(", "));
  }

  private Verdict of(LayerAnswer word, String why) {
    return new Verdict(word, why, target);
  }

  /** Values for what the owner left empty, by the names of facts. */
  public Map<String, String> hints() {
    Map<String, String> hints = new HashMap<>();
    version.ifPresent(sight -> hints.putAll(sight.document().facts()));
    signals.forEach(sight -> hints.putAll(sight.document().facts()));
    return Map.copyOf(hints);
  }

  /** All that matters of it, to be compared. */
  List<Object> gist() {
    Verdict usage = usage();
    return List.of(usage.answer(), usage.why(), hints());
  }

  /** How many files nobody can read at present. */
  long lost() {
    return signals.stream().filter(sight -> sight.state() == FileSnapshot.State.LOST).count();
  }
}
