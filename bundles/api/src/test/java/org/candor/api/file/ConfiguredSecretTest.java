package org.candor.api.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConfiguredSecretTest {

  private static final long LOOK = Duration.ofMillis(5).toNanos();

  @TempDir Path temporary;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Settings settings = new Settings("etc/a.cfg", log::add);
  private final ConfiguredSecret<String> secret =
      new ConfiguredSecret<>(
          settings,
          new ConfiguredSecret.Kind<>(
              "key",
              "a key without a colon",
              text -> {
                if (text.contains(":")) {
                  throw new IllegalArgumentException("a colon");
                }
                return text;
              },
              text -> text.isEmpty() ? "" : "***"));
  private Path file;

  @BeforeEach
  void resolve() throws IOException {
    file = temporary.toRealPath().resolve("secret");
  }

  @AfterEach
  void close() {
    secret.close();
  }

  @Test
  void withoutEitherKeyBothAreNamed() {
    assertThat(secret.current().value()).isEmpty();
    secret.configure(" ", " ");
    assertThat(secret.current().value()).isEmpty();
    assertThat(secret.current().advice()).isEqualTo("Set key or keyFile in etc/a.cfg.");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void theKeyItselfCounts() {
    secret.configure(" s3cret ", "");
    assertThat(secret.current().value()).contains("s3cret");
    secret.configure("s3:cret", "");
    assertThat(secret.current().value()).as("the last good one stays").contains("s3cret");
    assertThat(problem().key()).isEqualTo("key");
    assertNothingIsGivenAway();
  }

  @Test
  void whatTheFileHoldsCountsFromTheFirstQuestionOn() throws Exception {
    Files.writeString(file, "s3cret\n");
    secret.configure("", file.toString());
    assertThat(secret.current().value()).contains("s3cret");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void aFileThatChangesIsReadAgain() throws Exception {
    Files.writeString(file, "s3cret-one");
    secret.configure("", file.toString());
    Files.writeString(file, "s3cret-two");
    awaitValue(Optional.of("s3cret-two"));
    Files.delete(file);
    awaitValue(Optional.empty());
    assertThat(secret.current().advice())
        .isEqualTo("keyFile = " + file + " in etc/a.cfg does not exist.");
    assertThat(problem().key()).isEqualTo("keyFile");
    assertThat(problem().value()).isEqualTo(file.toString());
    assertThat(problem().message())
        .isEqualTo(
            "allowed is a file that holds a key without a colon (this one does not exist)."
                + " Nothing is sent until this is corrected.");
    Files.writeString(file, "s3cret-three");
    awaitValue(Optional.of("s3cret-three"));
    awaitNoProblem();
    assertThat(log).hasSize(1);
    assertNothingIsGivenAway();
  }

  @Test
  void aLinkThatIsSwappedIsFollowed() throws Exception {
    Path folder = file.getParent();
    Files.createDirectory(folder.resolve("..one"));
    Files.createDirectory(folder.resolve("..two"));
    Files.writeString(folder.resolve("..one/key"), "first");
    Files.writeString(folder.resolve("..two/key"), "second");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..one"));
    Path key = Files.createSymbolicLink(folder.resolve("key"), Path.of("..data/key"));
    secret.configure("", key.toString());
    assertThat(secret.current().value()).contains("first");
    Files.move(
        Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..two")),
        folder.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE);
    awaitValue(Optional.of("second"));
  }

  @Test
  void whatIsNoSecretIsNamedAndNotQuoted() throws Exception {
    Files.writeString(file, "s3:cret");
    secret.configure("", file.toString());
    awaitAdvice("keyFile = " + file + " in etc/a.cfg does not hold a key without a colon.");
    Files.writeString(file, " ");
    awaitAdvice("keyFile = " + file + " in etc/a.cfg is empty.");
    assertNothingIsGivenAway();
  }

  @Test
  void bothKeysAtOnceAreAMistakeUntilOneIsEmpty() throws Exception {
    Files.writeString(file, "s3cret-file");
    secret.configure("s3cret-own", file.toString());
    assertThat(secret.current().value()).isEmpty();
    assertThat(secret.current().advice())
        .isEqualTo("Leave key or keyFile empty in etc/a.cfg: both are set.");
    assertThat(problem().key()).isEqualTo("keyFile");
    assertThat(problem().message()).startsWith("allowed is nothing while key is set.");
    secret.configure("", file.toString());
    awaitValue(Optional.of("s3cret-file"));
    awaitNoProblem();
    secret.configure("s3cret-own", file.toString());
    secret.configure("s3cret-own", "");
    assertThat(secret.current().value()).contains("s3cret-own");
    assertThat(settings.problems()).isEmpty();
    assertNothingIsGivenAway();
  }

  @Test
  void aSecretWhereAPathShouldBeIsNotQuoted() {
    secret.configure("", "s3cret");
    assertThat(secret.current().value()).isEmpty();
    assertThat(problem().key()).isEqualTo("keyFile");
    assertThat(problem().message())
        .startsWith("allowed is the absolute path of a file, or nothing");
    assertNothingIsGivenAway();
  }

  @Test
  void closingEndsTheThread() throws Exception {
    Files.writeString(file, "s3cret");
    secret.configure("", file.toString());
    secret.current();
    assertThat(threads()).hasSize(1);
    secret.close();
    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("candor-keyFile"))
        .toList();
  }

  private ConfigurationProblem problem() {
    assertThat(settings.problems()).hasSize(1);
    return settings.problems().get(0);
  }

  private void assertNothingIsGivenAway() {
    assertThat(log + " " + settings.problems() + secret.current().advice() + secret.current())
        .doesNotContain("s3cret")
        .doesNotContain("s3:cret");
  }

  private void awaitValue(Optional<String> value) {
    await(() -> secret.current().value().equals(value));
  }

  private void awaitAdvice(String advice) {
    await(() -> secret.current().advice().equals(advice));
  }

  private void awaitNoProblem() {
    await(() -> settings.problems().isEmpty());
  }

  /** Until the test's time is over, which interrupts. */
  private void await(BooleanSupplier state) {
    while (!state.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as(secret.current() + " " + log).isFalse();
      LockSupport.parkNanos(LOOK);
    }
  }
}
