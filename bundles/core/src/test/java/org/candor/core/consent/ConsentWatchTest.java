package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.candor.api.consent.Purpose;
import org.candor.core.settings.Etc;
import org.candor.core.settings.StateFile;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentWatchTest {

  @TempDir Path folder;

  private final WorkerPool workers = new WorkerPool();
  private final BlockingQueue<Boolean> allowed = new LinkedBlockingQueue<>();
  private Path file;
  private Consent consent;
  private ConsentWatch watch;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("org.candor.consent.cfg");
    Files.writeString(file, "usage = true\n");
  }

  private void watch() {
    watch(folder, folder);
  }

  /** Of an instance that has a parent, if the two are not the same. */
  private void watch(Path home, Path base) {
    Etc etc = new Etc(folder);
    ConfiguredLayer layer = ConsentFixture.layer(etc);
    ParentLayer parent = new ParentLayer(home, base, Clock.systemUTC());
    consent = new ConsentBuilder(etc).file(layer).parent(parent).build();
    consent.onChange(() -> allowed.add(consent.explain(Purpose.USAGE).allowed()));
    watch = new ConsentWatch(consent, layer, parent, workers);
  }

  @AfterEach
  void close() throws IOException {
    watch.close();
    workers.close();
  }

  @Test
  void eachChangeOfTheFileIsTold() throws Exception {
    watch();
    await(true);
    Files.writeString(file, "usage = false\n");
    await(false);
    Files.writeString(file, "usage = true\n");
    await(true);
  }

  @Test
  void aFileThatStaysUnreadableIsToldSoonAndWhenItIsReadableAgain() throws Exception {
    watch();
    await(true);
    Files.writeString(file, "usage = false\nnote = C:\\users\\x\n");
    await(false);
    Files.writeString(file, "usage = true\n");
    await(true);
  }

  @Test
  void whatALinkLeadsToIsLookedAt() throws Exception {
    Path far = folder.resolveSibling(folder.getFileName() + ".far");
    Files.move(file, far);
    Files.createSymbolicLink(file, far);
    watch();
    await(true);
    Files.writeString(far, "usage = false\n");
    await(false);
    Files.delete(far);
  }

  /** Its {@code var/candor} is written all the time and not watched: the next look finds it. */
  @Test
  void whatAParentAnsweredThatCannotWriteItsEtcIsFoundWithinTwoSeconds() throws Exception {
    Path home = Files.createDirectories(folder.resolve("parent"));
    Files.createDirectories(home.resolve("etc"));
    StateFile answers = new Etc(home.resolve("etc")).state(AnswerFile.NAME);
    Path elsewhere = answers.places().get(1);
    Files.createDirectories(elsewhere.getParent());
    Files.writeString(elsewhere, "");
    watch(home, folder);
    await(true);
    long begin = System.nanoTime();
    Files.writeString(elsewhere, "damaged\n");
    await(false);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  private void await(boolean wanted) throws InterruptedException {
    Boolean said = allowed.poll(5, TimeUnit.SECONDS);
    while (said != null && said != wanted) {
      said = allowed.poll(5, TimeUnit.SECONDS);
    }
    assertThat(said).isEqualTo(wanted);
  }
}
