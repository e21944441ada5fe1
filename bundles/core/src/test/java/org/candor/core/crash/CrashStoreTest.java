package org.candor.core.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CrashStoreTest {

  @TempDir Path directory;
  private CrashStore crashes;

  @BeforeEach
  void open() {
    crashes =
        new CrashStore(new StoreFixture(directory.resolve("var")).store(), new MovableClock());
  }

  @AfterEach
  void close() {
    crashes.close();
  }

  private boolean add(String traces) throws IOException {
    return crashes.change(
        contents -> {
          contents.crashes().add(CrashFixture.segv(traces), "c", 1, CrashStage.NEW);
          return true;
        });
  }

  private int kept() throws IOException {
    return crashes.read(contents -> contents.page(Long.MAX_VALUE, 9).size());
  }

  @Test
  void aChangeIsOnDiskWhenItReturns() throws IOException {
    add("a");
    // As after a kill: another process sees what was committed.
    crashes.close();
    open();
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void ofAChangeThatFailsNothingIsKept() throws IOException {
    add("a");
    assertThatThrownBy(
            () ->
                crashes.change(
                    contents -> {
                      contents.crashes().add(CrashFixture.segv("b"), "c", 1, CrashStage.NEW);
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("crashes.mv");
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void afterTheEndNothingIsUsed() throws IOException {
    add("a");
    crashes.close();
    assertThatThrownBy(() -> add("b")).hasMessage("the list of crashes is closed");
    assertThatThrownBy(this::kept).hasMessage("the list of crashes is closed");
  }

  @Test
  void nobodyUsesTheFileWhileItIsErased() throws Exception {
    add("a");
    CountDownLatch begun = new CountDownLatch(1);
    Thread latecomer =
        new Thread(
            () -> {
              begun.countDown();
              try {
                add("b");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    crashes.whileReleased(
        () -> {
          latecomer.start();
          await(begun);
          Files.delete(directory.resolve("var/crashes.mv"));
          assertThat(directory.resolve("var/crashes.mv")).doesNotExist();
        });
    latecomer.join();
    assertThat(crashes.<Boolean>read(contents -> contents.crashes().knows(id("a")))).isFalse();
    assertThat(crashes.<Boolean>read(contents -> contents.crashes().knows(id("b")))).isTrue();
  }

  private static String id(String traces) {
    return CrashFixture.segv(traces).id();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
      // Long enough for whoever does not wait.
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
