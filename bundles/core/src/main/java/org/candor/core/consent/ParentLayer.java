package org.candor.core.consent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.core.settings.Etc;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Consent layer: the denials of the Karaf instance that this one was created from ({@code
 * instance:create}): its files are read where they are, and nothing of them is copied, so that they
 * count as long as they stand there. Silent in an instance that has no parent. Thread-safe.
 */
@Component(service = ParentLayer.class)
public final class ParentLayer {

  static final String NAME = "parent";

  private final Optional<Parent> parent;

  @Activate
  public ParentLayer(BundleContext context) {
    this(
        Path.of(context.getProperty("karaf.home")),
        Path.of(context.getProperty("karaf.base")),
        Clock.systemUTC());
  }

  /**
   * @param home of the parent, or of this instance when it has none
   * @param base of this instance
   */
  ParentLayer(Path home, Path base, Clock clock) {
    this.parent =
        home.toAbsolutePath().normalize().equals(base.toAbsolutePath().normalize())
            ? Optional.empty()
            : Optional.of(new Parent(home, clock));
  }

  /** What it says about a purpose or channel; empty when there is no parent. */
  Optional<Verdict> verdict(Subject subject) {
    return parent.map(files -> files.verdict(subject));
  }

  /** The files that a change is to be expected of. */
  List<Path> files() {
    return parent.map(Parent::files).orElse(List.of());
  }

  /**
   * Whether every change is one of {@link #files}: where the parent cannot write its {@code etc/},
   * its answers are in its {@code var/candor}, which is written all the time.
   */
  boolean isCoveredByFiles() {
    return parent.map(Parent::isCoveredByFiles).orElse(true);
  }

  /**
   * Reads what has changed.
   *
   * @return whether something had
   */
  boolean look() {
    return parent.filter(Parent::look).isPresent();
  }

  private static final class Parent {

    private final Path home;
    private final ConfiguredLayer file;
    private final AnswerFile answers;
    private String version = "";
    private Optional<AnswerBook> book = Optional.empty();

    private Parent(Path home, Clock clock) {
      Etc etc = new Etc(home.resolve("etc"));
      this.home = home;
      this.file = ConfiguredLayer.unconfigured(etc, clock);
      this.answers = new AnswerFile(etc, clock);
    }

    private List<Path> files() {
      return List.of(file.path(), answers.places().get(0));
    }

    private boolean isCoveredByFiles() {
      List<Path> places = answers.places();
      return Files.isWritable(places.get(0).getParent())
          && places.stream().skip(1).noneMatch(Files::exists);
    }

    private synchronized boolean look() {
      String now = file.version() + " " + answers.version();
      if (now.equals(version)) {
        return false;
      }
      try {
        book = Optional.of(answers.read());
      } catch (IOException e) {
        book = Optional.empty();
      }
      version = file.isSettled() ? now : "";
      return true;
    }

    private synchronized Verdict verdict(Subject subject) {
      if (version.isEmpty()) {
        look();
      }
      if (book.isEmpty()) {
        return Verdict.forbids("the answers of the parent instance " + home + " cannot be read");
      }
      List<Denial> stage = book.get().stage(subject);
      if (!stage.isEmpty()) {
        return Verdict.forbids(
            "off in the parent instance " + home + ": " + Decider.why(stage.get(stage.size() - 1)));
      }
      Optional<Verdict> written = subject.purpose().map(this::written);
      return written.orElseGet(() -> Verdict.silent(nothing()));
    }

    private Verdict written(Purpose purpose) {
      Verdict verdict = file.verdict(purpose);
      return switch (verdict.answer()) {
        case FORBIDS, UNKNOWN -> Verdict.forbids(verdict.why() + " of the parent instance " + home);
        case ALLOWS, SILENT -> Verdict.silent(nothing());
      };
    }

    private String nothing() {
      return "nothing is off in the parent instance " + home;
    }
  }
}
