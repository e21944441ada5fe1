package org.candor.rest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.control.Answered;
import org.candor.control.Answerer;
import org.candor.control.Answers;
import org.candor.control.ConsentControl;
import org.candor.control.Explanation;
import org.candor.control.Explanation.LayerExplanation;

/** Consent in memory: a file, and an environment that may forbid. */
final class FakeConsent implements ConsentControl {

  private final Map<Purpose, Boolean> file = new EnumMap<>(Purpose.class);
  private final Set<Purpose> forbidden = EnumSet.noneOf(Purpose.class);
  private Optional<Answerer> last = Optional.empty();
  private boolean readOnly;
  private boolean unreadable;
  private Runnable beforeAnswer = () -> {};
  private Runnable afterLook = () -> {};
  private int looksLeft;

  synchronized void environmentForbids(Purpose purpose) {
    forbidden.add(purpose);
  }

  synchronized void readOnly() {
    readOnly = true;
  }

  synchronized void unreadable() {
    unreadable = true;
  }

  /** What happens between somebody's look and answer. */
  synchronized void beforeAnswer(Runnable event) {
    beforeAnswer = event;
  }

  /** What happens when somebody has asked so many times. */
  synchronized void afterLooks(int looks, Runnable event) {
    looksLeft = looks;
    afterLook = event;
  }

  /** Who answered last. */
  synchronized Answerer last() {
    return last.orElseThrow();
  }

  /** What the file says. */
  synchronized Map<Purpose, Boolean> file() {
    return new EnumMap<>(file);
  }

  @Override
  public synchronized Explanation explain(Purpose purpose) {
    if (looksLeft-- == 0) {
      afterLook.run();
    }
    List<LayerExplanation> words = new ArrayList<>();
    words.add(
        forbidden.contains(purpose)
            ? new LayerExplanation("environment", LayerAnswer.FORBIDS, "DISABLE_TELEMETRY = true")
            : new LayerExplanation("environment", LayerAnswer.SILENT, "nothing is set"));
    words.add(
        file.containsKey(purpose)
            ? new LayerExplanation(
                "configuration",
                file.get(purpose) ? LayerAnswer.ALLOWS : LayerAnswer.FORBIDS,
                purpose.label() + " = " + file.get(purpose))
            : new LayerExplanation("configuration", LayerAnswer.SILENT, "not set"));
    words.sort(Comparator.comparing(FakeConsent::strictness));
    LayerExplanation first = words.get(0);
    return new Explanation(
        purpose,
        first.verdict() != LayerAnswer.FORBIDS,
        first.verdict() == LayerAnswer.SILENT ? "default" : first.layer(),
        words);
  }

  private static int strictness(LayerExplanation word) {
    return List.of(LayerAnswer.FORBIDS, LayerAnswer.ALLOWS, LayerAnswer.SILENT)
        .indexOf(word.verdict());
  }

  @Override
  public synchronized Answers answers() throws IOException {
    if (unreadable) {
      throw new IOException("etc/org.candor.consent.cfg cannot be read");
    }
    return new Answers(file);
  }

  @Override
  public synchronized Answered answer(Answers answers, Answerer answerer) throws IOException {
    if (readOnly) {
      throw new IOException("etc/org.candor.consent.cfg could not be written: disk full");
    }
    last = Optional.of(answerer);
    List<Answered.Refused> refused = new ArrayList<>();
    answers
        .given()
        .forEach(
            (purpose, on) -> {
              if (on && forbidden.contains(purpose)) {
                refused.add(new Answered.Refused(purpose, "environment", "DISABLE_TELEMETRY=true"));
              } else {
                file.put(purpose, on);
              }
            });
    return new Answered(true, refused);
  }

  @Override
  public Answered answerIf(Answers seen, Answers answers, Answerer answerer) throws IOException {
    beforeAnswer.run();
    synchronized (this) {
      boolean same = answers().equals(seen);
      if (same) {
        return answer(answers, answerer);
      }
      return new Answered(false, List.of());
    }
  }
}
