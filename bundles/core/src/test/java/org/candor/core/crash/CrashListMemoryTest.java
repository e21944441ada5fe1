package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.candor.api.Bytes;
import org.candor.api.report.Message;
import org.candor.control.CrashSummary;
import org.candor.control.document.CrashesDocument;
import org.candor.control.document.JsonDocument;
import org.candor.core.StoreFixture;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentFixture;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.Etc;
import org.candor.core.store.StoreFile;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists in a process with little memory. */
@Timeout(120)
class CrashListMemoryTest {

  @TempDir Path directory;

  @Test
  void fourListsAtOnceNeedNoMoreThanOneCrash() throws Exception {
    StoreFile old = new StoreFile(directory.resolve("var/crashes.mv"), Clock.systemUTC());
    old.open(aside -> {});
    for (int i = 1; i <= 60; i++) {
      old.numbered("crashes")
          .put((long) i, CrashFixture.asBefore(i, CrashFixture.large(i, "c" + i % 3, 10, 200)));
      old.commit();
    }
    old.close();
    assertThat(Files.size(directory.resolve("var/crashes.mv"))).isGreaterThan(30L << 20);
    Path said = directory.resolve("said");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Listing.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(child.waitFor(100, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(said)).contains("listed 4 times").doesNotContain("OutOfMemory");
    assertThat(child.exitValue()).isZero();
  }

  /** Lists four times at once, beside an outbox that has much, and reads each crash by itself. */
  static final class Listing {

    private Listing() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      Etc etc = new Etc(Files.createDirectories(directory.resolve("etc")));
      StoreFixture store = new StoreFixture(directory.resolve("var"));
      Consent consent = ConsentFixture.consent(ConsentFixture.layer(etc), etc);
      Clock clock = Clock.systemUTC();
      WorkerPool workers = new WorkerPool();
      CrashLog crashes =
          new CrashLog(store.store(), consent, workers, IdentityFixture.machine(), clock);
      ChainedJournal journal = new ChainedJournal(store.store(), clock);
      Outbox outbox = new Outbox(store.store(), journal, clock);
      for (int i = 0; i < 200; i++) {
        outbox.accept("c", List.of(message(i)), memory -> memory);
      }
      for (int i = 0; i < 900; i++) {
        crashes.take(CrashFixture.exit("more " + i, "component " + i % 40, i));
      }
      list(new CrashList(crashes, outbox, journal));
      crashes.close();
      outbox.close();
      journal.close();
      workers.close();
    }

    private static Message message(int number) {
      return new Message("m-" + number, "n", "text/plain", Bytes.utf8("x".repeat(50_000)));
    }

    private static void list(CrashList list) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      AtomicLong written = new AtomicLong();
      Callable<Void> listing =
          () -> {
            new JsonDocument(new CrashesDocument(list.crashes())).writeTo(counting(written));
            for (CrashSummary crash : list.crashes()) {
              list.stack(crash.id());
            }
            return null;
          };
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(listing));
      }
      for (Future<Void> one : all) {
        one.get();
      }
      threads.shutdown();
      System.out.println("listed 4 times, " + written + " bytes");
    }

    private static OutputStream counting(AtomicLong written) {
      return new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          written.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
          written.addAndGet(length);
        }
      };
    }
  }
}
