package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.candor.api.consent.Purpose;
import org.candor.control.Answers;
import org.candor.control.ConsentChange;
import org.candor.core.settings.Etc;
import org.candor.core.settings.StateFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever the process ends, the answer is the one before or the one after. */
class AnswerCrashTest {

  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);
  private static final Answers ON = Answers.of(Set.of(Purpose.USAGE), true);

  @TempDir Path karaf;
  private final MemoryRecord journal = new MemoryRecord();
  private Etc etc;

  @BeforeEach
  void open() throws IOException {
    etc = new Etc(Files.createDirectories(karaf.resolve("etc")));
  }

  /** The power fails: nothing after it happens. */
  private static final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void afterEachStepTheAnswerIsTheOneBeforeOrAfterAndItsEntryIsThereOnce() throws IOException {
    for (boolean turnOn : new boolean[] {false, true}) {
      boolean done = false;
      for (int step = 1; !done; step++) {
        for (String place : List.of("etc", "var/candor")) {
          Files.deleteIfExists(karaf.resolve(place).resolve("org.candor.consent.answers"));
        }
        journal.changes.clear();
        restart().answer(turnOn ? OFF : ON, ConsentFixture.SHELL);
        done = answersWithoutCrash(turnOn ? ON : OFF, step);
        Consent after = restart();
        after.changed();
        boolean allowed = after.explain(Purpose.USAGE).allowed();
        assertThat(after.answers().given()).as("step %s", step).hasSize(1);
        assertThat(journal.changes)
            .as("step %s, allowed %s", step, allowed)
            .hasSize(allowed == turnOn ? 2 : 1)
            .extracting(ConsentChange::id)
            .doesNotHaveDuplicates();
        assertThat(done && allowed != turnOn).as("what was acknowledged").isFalse();
      }
    }
  }

  private Consent restart() {
    return new ConsentBuilder(etc).journal(journal).build();
  }

  /** Whether it came to its end before it was to crash. */
  private boolean answersWithoutCrash(Answers answers, int step) throws IOException {
    AtomicInteger left = new AtomicInteger(step);
    StateFile file =
        new StateFile(
            karaf.resolve("etc/org.candor.consent.answers"),
            karaf.resolve("var/candor/org.candor.consent.answers"),
            true,
            () -> crashAt(left));
    ConsentAuditLog crashing =
        new ConsentAuditLog() {
          @Override
          public void append(ConsentChange change) throws IOException {
            crashAt(left);
            journal.append(change);
            crashAt(left);
          }

          @Override
          public boolean has(String id) {
            return journal.has(id);
          }
        };
    Consent consent =
        new ConsentBuilder(etc)
            .answers(
                new AnswerFile(
                    file, karaf.resolve("etc/org.candor.consent.remembered"), Clock.systemUTC()))
            .journal(crashing)
            .workers(
                task -> {
                  if (left.get() > 0) {
                    task.run();
                  }
                })
            .build();
    try {
      consent.answer(answers, ConsentFixture.SHELL);
      return true;
    } catch (PowerLoss e) {
      return false;
    }
  }

  private static void crashAt(AtomicInteger left) {
    if (left.decrementAndGet() <= 0) {
      throw new PowerLoss();
    }
  }

  @Test
  void aProcessThatIsKilledLosesNoAnswerThatItAcknowledged() throws Exception {
    for (int round = 0; round < 4; round++) {
      int before = kept();
      Path acknowledged = karaf.resolve("acknowledged" + round);
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Answering.class.getName(),
                  karaf.resolve("etc").toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(acknowledged.toFile())
              .start();
      while (child.isAlive() && Files.size(acknowledged) < 5 + round) {
        Thread.onSpinWait();
      }
      child.destroyForcibly();
      assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
      int answers = Math.toIntExact(Files.size(acknowledged));
      assertThat(answers).isGreaterThanOrEqualTo(5 + round);
      assertThat(kept() - before)
          .as("one may have been on its way")
          .isBetween(answers, answers + 1);
    }
  }

  private int kept() throws IOException {
    AnswerBook book = new AnswerFile(etc, Clock.systemUTC()).read();
    return book.denials().size() + book.grants().size();
  }

  /** Answers again and again, and prints a character for each answer that is acknowledged. */
  static final class Answering {

    private Answering() {}

    public static void main(String[] arguments) throws IOException {
      Consent consent = new ConsentBuilder(new Etc(Path.of(arguments[0]))).build();
      boolean on = consent.explain(Purpose.USAGE).allowed();
      while (true) {
        on = !on;
        consent.answer(on ? ON : OFF, ConsentFixture.SHELL);
        System.out.print('+');
        System.out.flush();
      }
    }
  }
}
