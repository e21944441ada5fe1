package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.candor.api.consent.Purpose;
import org.candor.api.crash.Crash;
import org.candor.api.text.PlainText;
import org.candor.control.Answers;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.settings.Etc;
import org.candor.core.store.StoreFile;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CrashLogTest {

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final WorkerPool workers = new WorkerPool();
  private final Semaphore told = new Semaphore(0);
  private Consent consent;
  private StoreFixture store;
  private CrashLog crashes;

  @BeforeEach
  void start() throws IOException {
    Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
    consent = ConsentFixture.consent(ConsentFixture.layer(etc), etc);
    restart();
  }

  /** As after a kill: everything in memory is gone, and files are as they were. */
  private void restart() {
    store = new StoreFixture(directory.resolve("var"));
    crashes = new CrashLog(store.store(), consent, workers, IdentityFixture.machine(), clock);
    crashes.onChange(told::release);
  }

  @AfterEach
  void stop() {
    crashes.close();
    workers.close();
  }

  private List<KeptCrash> all() throws IOException {
    return crashes.page(Long.MAX_VALUE, 5_000);
  }

  @Test
  void aCrashIsKeptOnceWhateverItIsHandedOverAgain() throws IOException {
    Crash crash = CrashFixture.segv("a");
    assertThat(crashes.take(crash)).isTrue();
    assertThat(crashes.take(crash)).isFalse();
    crashes.close();
    restart();
    assertThat(crashes.take(crash)).isFalse();
    assertThat(crashes.after(0, 9))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.crash().id()).isEqualTo(crash.id());
              assertThat(kept.crash().signal()).isEqualTo(crash.signal());
              assertThat(kept.crash().coreDumped()).contains(true);
              assertThat(kept.crash().failures().get(0).frames().get(0).file())
                  .isEqualTo("Db.java");
              assertThat(kept.crash().failures().get(0).message()).isEqualTo("cannot open <path>");
            });
    assertThat(told.availablePermits()).isEqualTo(1);
  }

  @Test
  void numbersRiseAndWhatWasPassedOverIsNotHandedOutAgain() throws IOException {
    crashes.take(CrashFixture.exit("a", "one", 3));
    crashes.take(CrashFixture.exit("b", "two", 3));
    KeptCrash first = crashes.after(0, 1).get(0);
    assertThat(first.crash().component()).isEqualTo("one");
    assertThat(crashes.after(first.number(), 9))
        .extracting(kept -> kept.crash().component())
        .containsExactly("two");
    assertThat(crashes.after(crashes.lastNumber(), 9)).isEmpty();
  }

  @Test
  void aLoopOfAThousandBecomesOneEntryWithACountAfterTheFirstFew() throws Exception {
    for (int i = 0; i < 500; i++) {
      crashes.take(CrashFixture.exit("crash " + i, "flapping", 3));
    }
    crashes.close();
    restart();
    for (int i = 400; i < 1000; i++) {
      crashes.take(CrashFixture.exit("crash " + i, "flapping", 3));
    }
    assertThat(crashes.after(0, 5000)).hasSize(3);
    assertThat(all()).hasSize(4).first().extracting(KeptCrash::count).isEqualTo(997L);
    clock.advance(Duration.ofMinutes(1));
    crashes.take(CrashFixture.exit("another", "calm", 1));
    assertThat(crashes.after(0, 5000))
        .extracting(KeptCrash::count)
        .containsExactly(1L, 1L, 1L, 997L, 1L);
    assertThat(crashes.after(0, 5000))
        .extracting(kept -> kept.crash().id())
        .doesNotHaveDuplicates();
  }

  @Test
  void aLoopThatGoesOnIsReportedMoreAndMoreSeldom() throws IOException {
    int entries = 0;
    for (int minute = 0; minute < 60; minute++) {
      for (int i = 0; i < 10; i++) {
        crashes.take(CrashFixture.exit(minute + "/" + i, "flapping", 3));
      }
      clock.advance(Duration.ofMinutes(1));
    }
    for (KeptCrash kept : crashes.after(0, 5000)) {
      entries += kept.count() > 0 ? 1 : 0;
    }
    assertThat(entries).isBetween(6, 9);
  }

  @Test
  void aLoopIsReportedThoughNothingFollows() throws Exception {
    crashes.close();
    WorkerPool own = new WorkerPool();
    CrashLog real =
        new CrashLog(
            new StoreFixture(directory.resolve("var2")).store(),
            consent,
            own,
            IdentityFixture.machine(),
            clock);
    try {
      for (int i = 0; i < 5; i++) {
        real.take(CrashFixture.exit("crash " + i, "flapping", 3));
      }
      clock.advance(Duration.ofMinutes(2));
      real.close();
      real =
          new CrashLog(
              new StoreFixture(directory.resolve("var2")).store(),
              consent,
              own,
              IdentityFixture.machine(),
              clock);
      while (real.after(0, 9).size() < 4) {
        Thread.onSpinWait();
      }
      assertThat(real.after(0, 9)).extracting(KeptCrash::count).containsExactly(1L, 1L, 1L, 2L);
    } finally {
      real.close();
      own.close();
    }
  }

  @Test
  void whatHappensWhileTheOwnerSaysNoIsKeptHereOnlyAndForGood() throws IOException {
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    crashes.take(CrashFixture.segv("a"));
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), true), ConsentFixture.SHELL);
    assertThat(crashes.after(0, 9)).isEmpty();
    assertThat(all()).singleElement().extracting(KeptCrash::stage).isEqualTo(CrashStage.WITHHELD);
  }

  @Test
  void whatNoChannelHasTakenIsWithheldByALaterNo() throws Exception {
    crashes.take(CrashFixture.segv("a"));
    for (int i = 0; i < 5; i++) {
      crashes.take(CrashFixture.exit("crash " + i, "flapping", 3));
    }
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    while (all().stream().anyMatch(kept -> kept.stage() == CrashStage.NEW)) {
      Thread.onSpinWait();
    }
    consent.answer(Answers.of(Set.of(Purpose.ERRORS), true), ConsentFixture.SHELL);
    clock.advance(Duration.ofMinutes(2));
    crashes.take(CrashFixture.exit("later", "other", 3));
    assertThat(crashes.after(0, 99))
        .extracting(kept -> kept.crash().component())
        .containsExactly("other");
  }

  @Test
  void nothingGrowsWithoutBound() throws IOException {
    for (int i = 0; i < 1_200; i++) {
      crashes.take(CrashFixture.exit("crash " + i, "component " + i, 3));
    }
    assertThat(all()).hasSize(1_000);
  }

  @Test
  void aLoopOrADropperTakesNoRoomFromOthersAndTheFileStaysWithinItsShare() throws IOException {
    Path file = directory.resolve("var/crashes.mv");
    store.maxBytes("5m");
    crashes.take(CrashFixture.segv("calm"));
    crashes.take(CrashFixture.exit("also", "calm too", 3));
    long largest = 0;
    for (int i = 0; i < 150; i++) {
      Crash loud = CrashFixture.large(i, "loud", 2, 40);
      assertThat(crashes.take(loud)).isTrue();
      largest = Math.max(largest, Files.size(file));
    }
    for (int i = 0; i < 150; i++) {
      crashes.take(CrashFixture.large(1_000 + i, "made up " + i, 2, 40));
      largest = Math.max(largest, Files.size(file));
    }
    assertThat(largest).isLessThan((5L << 20) * 15 / 100);
    assertThat(all())
        .extracting(kept -> kept.crash().component())
        .contains("dataplane", "calm too");
    assertThat(all().size()).isGreaterThan(10);
    crashes.close();
    restart();
    store.maxBytes("5m");
    assertThat(all())
        .extracting(kept -> kept.crash().component())
        .contains("dataplane", "calm too");
    assertThat(crashes.of(CrashFixture.segv("calm").id()).orElseThrow().crash().failures())
        .hasSize(1);
  }

  @Test
  void whatAnEarlierVersionKeptIsReadAndBroughtWithinTheBounds() throws IOException {
    crashes.close();
    Path path = directory.resolve("var/crashes.mv");
    StoreFile old = new StoreFile(path, clock);
    old.open(aside -> {});
    for (int i = 1; i <= 60; i++) {
      Crash crash = i == 1 ? CrashFixture.segv("old") : CrashFixture.large(i, "loud", 10, 100);
      old.numbered("crashes").put((long) i, CrashFixture.asBefore(i, crash));
    }
    old.commit();
    old.close();
    assertThat(Files.size(path)).isGreaterThan(5L << 20);
    restart();
    store.maxBytes("5m");
    assertThat(all()).extracting(kept -> kept.crash().component()).contains("dataplane", "loud");
    KeptCrash first = crashes.of(CrashFixture.segv("old").id()).orElseThrow();
    assertThat(first.crash().failures().get(0).frames()).hasSize(2);
    assertThat(first.calls()).isEqualTo(2);
    crashes.taken(1);
    assertThat(crashes.of(CrashFixture.segv("old").id()).orElseThrow().stage())
        .isEqualTo(CrashStage.TAKEN);
    crashes.take(CrashFixture.exit("new", "new", 3));
    assertThat(Files.size(path)).isLessThan((5L << 20) * 15 / 100);
  }

  @Test
  void loopsThatAreTooManyEndEarlyAndTheirNumbersAreKept() throws IOException {
    store.maxBytes("1m");
    int most = CrashLimits.of(store.store().settings()).loops();
    for (int kind = 0; kind < 3 * most; kind++) {
      for (int i = 0; i < Repetition.FEW + 2; i++) {
        crashes.take(CrashFixture.exit(kind + "/" + i, "loud", kind));
      }
    }
    assertThat(all()).filteredOn(kept -> kept.number() == 0).hasSize(most);
    assertThat(all()).filteredOn(kept -> kept.number() > 0 && kept.count() == 2).isNotEmpty();
  }

  @Test
  void aCrashIsLoggedOnceHoweverOftenItIsOffered() throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      crashes.take(CrashFixture.exit("first", "one", 3));
      for (int i = 0; i < 3; i++) {
        // An interrupt closes the file in the middle of the commit.
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> crashes.take(CrashFixture.exit("a", "two\u001b[2J\u202e", 3)))
            .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(crashes.take(CrashFixture.exit("a", "two\u001b[2J\u202e", 3))).isTrue();
      assertThat(crashes.take(CrashFixture.exit("a", "two\u001b[2J\u202e", 3))).isFalse();
    } finally {
      System.setErr(before);
    }
    List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).filteredOn(line -> line.contains("crashed")).hasSize(2);
    assertThat(lines).allMatch(PlainText::showsAll);
  }

  @Test
  void whatIsOnDiskIsTakenAlsoWhenNoRoomCanBeGivenBack() throws IOException {
    Path file = directory.resolve("var/crashes.mv");
    int taken = 0;
    do {
      crashes.take(CrashFixture.exit("crash " + taken, "component " + taken, 3));
      taken++;
    } while (Files.size(file) <= 1L << 20 && taken < 1_000);
    assertThat(Files.size(file)).isGreaterThan(1L << 20);
    store.maxBytes("1m");
    Files.createDirectories(directory.resolve("var/crashes.mv.copy/in-the-way"));
    assertThat(crashes.take(CrashFixture.segv("a"))).isTrue();
    assertThat(told.availablePermits()).isEqualTo(taken + 1);
  }

  @Test
  void whatCannotBeKeptIsNotTaken() throws IOException {
    Files.writeString(directory.resolve("in-the-way"), "");
    CrashLog broken =
        new CrashLog(
            new StoreFixture(directory.resolve("in-the-way/var")).store(),
            consent,
            workers,
            IdentityFixture.machine(),
            clock);
    assertThatThrownBy(() -> broken.take(CrashFixture.segv("a"))).isInstanceOf(IOException.class);
    broken.close();
  }

  @Test
  void ofADamagedFileWhatIsWholeIsTakenOver() throws IOException {
    crashes.take(CrashFixture.segv("a"));
    crashes.take(CrashFixture.exit("b", "two", 3));
    crashes.close();
    Path file = directory.resolve("var/crashes.mv");
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 0, 8192, (byte) 7);
    Files.write(file, bytes);
    restart();
    assertThat(crashes.take(CrashFixture.segv("a"))).isFalse();
    assertThat(crashes.after(0, 9)).hasSize(2);
  }
}
