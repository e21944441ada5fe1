package org.candor.source.kubernetes.spec;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.source.FailureReason;

/** Observed state: what is known of the cluster specification. */
public sealed interface SpecState {

  /** Its word on a purpose. */
  Verdict verdict(Purpose purpose);

  /** What keeps it from being read now. */
  default Optional<Trouble> trouble() {
    return Optional.empty();
  }

  /** The distribution of Kubernetes that it names; empty when it names none. */
  default String distribution() {
    return "";
  }

  /** A line for each value in it that cannot be understood. */
  default List<String> complaints() {
    return List.of();
  }

  /**
   * Why something cannot be read.
   *
   * @param since when it could not be for the first time
   * @param reason by which troubles are told apart
   * @param why in one sentence
   */
  record Trouble(Instant since, FailureReason reason, String why) {

    @Override
    public String toString() {
      return "since " + since + ": " + why.replaceFirst("\\.$", "");
    }
  }

  /**
   * Nobody said where to look.
   *
   * @param advice what to set
   */
  record NotConfigured(String advice) implements SpecState {
    @Override
    public Verdict verdict(Purpose purpose) {
      return Verdict.silent("not configured: " + advice);
    }
  }

  /**
   * It has not been read since this began to look for it.
   *
   * @param why what is waited for, or wrong
   */
  record Unread(String why, Optional<Trouble> trouble) implements SpecState {
    @Override
    public Verdict verdict(Purpose purpose) {
      return Verdict.unknown(
          trouble.map(now -> "the cluster specification cannot be read " + now).orElse(why));
    }
  }

  /**
   * It has been read. What it said counts on while it cannot be read any more: it is known to
   * whoever asks now, and core may not have asked for it before the trouble began.
   *
   * @param specs the resources that are it
   */
  record Known(Selection selection, List<Spec> specs, Optional<Trouble> trouble)
      implements SpecState {

    private static final List<LayerAnswer> STRICTEST_FIRST =
        List.of(LayerAnswer.FORBIDS, LayerAnswer.ALLOWS, LayerAnswer.SILENT);

    public Known {
      specs = List.copyOf(specs);
    }

    @Override
    public Verdict verdict(Purpose purpose) {
      String kind = selection.kind().word();
      Verdict said =
          specs.stream()
              .flatMap(spec -> spec.verdicts(kind, purpose))
              .min(Comparator.comparing(verdict -> STRICTEST_FIRST.indexOf(verdict.answer())))
              .orElseGet(() -> Verdict.silent(nothing(kind)));
      return trouble
          .map(now -> new Verdict(said.answer(), said.why() + "; perhaps out of date " + now))
          .orElse(said);
    }

    private String nothing(String kind) {
      return switch (specs.size()) {
        case 0 -> "there is no " + kind;
        case 1 -> kind + " " + specs.get(0).id() + " does not say";
        default -> "none of " + specs.size() + " " + kind + " says";
      };
    }

    @Override
    public String distribution() {
      return specs.stream()
          .map(Spec::distribution)
          .filter(name -> !name.isEmpty())
          .findFirst()
          .orElse("");
    }

    @Override
    public List<String> complaints() {
      return specs.stream()
          .flatMap(spec -> spec.complaints(selection.kind().word()))
          .sorted()
          .toList();
    }
  }

  /** The words on all purposes, in their order. */
  default List<LayerAnswer> words() {
    return Stream.of(Purpose.values()).map(purpose -> verdict(purpose).answer()).toList();
  }
}
