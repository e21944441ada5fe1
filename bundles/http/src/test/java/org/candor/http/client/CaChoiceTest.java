package org.candor.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.candor.api.settings.Settings;
import org.candor.http.testing.SocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaChoiceTest {

  @TempDir Path directory;

  private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
  private final CaChoice choice =
      new CaChoice(new Settings("etc/org.candor.http.cfg", refusals::add));
  private Path good;
  private Path later;

  @BeforeEach
  void files() throws IOException {
    good = SocketServer.authority(directory);
    later = directory.resolve("later.pem");
  }

  @AfterEach
  void stop() {
    choice.stop();
  }

  @Test
  void aFileThatCannotBeUsedIsRefusedWhenItIsSetAndTheOneOfBeforeStays() throws Exception {
    choice.set(good.toString());
    assertThat(choice.file()).contains(CaFile.configured(good.toString()));
    choice.set(later.toString());
    assertThat(refusals.poll(10, TimeUnit.SECONDS))
        .isEqualTo(
            "etc/org.candor.http.cfg: caFile = "
                + later
                + " is refused; allowed is a PEM file of certificates, 8 MB at most, that this"
                + " process can read (this one does not exist). It stays "
                + good
                + ".");
    assertThat(choice.file()).contains(CaFile.configured(good.toString()));
    choice.set(later.toString());
    assertThat(choice.file()).contains(CaFile.configured(good.toString()));
    assertThat(refusals).isEmpty();
  }

  @Test
  void itCountsOnceItCanBeRead() throws Exception {
    choice.set("");
    choice.set(later.toString());
    assertThat(choice.file()).isEmpty();
    Files.copy(good, later);
    assertThat(choice.file()).contains(CaFile.configured(later.toString()));
    assertThat(refusals.poll(10, TimeUnit.SECONDS)).endsWith("It stays empty.");
    assertThat(refusals).isEmpty();
  }

  @Test
  void withNoneOfBeforeThereIsNothingToTrustInItsPlace() throws Exception {
    choice.set(later.toString());
    assertThatThrownBy(choice::file).hasMessageContaining(later + " does not exist");
    assertThat(refusals.poll(10, TimeUnit.SECONDS))
        .endsWith("Nothing is sent over https until then.");
    choice.set("");
    assertThat(choice.file()).isEmpty();
  }

  @Test
  void whatIsNoFileIsNotWaitedFor() throws Exception {
    choice.set("/dev/zero");
    assertThatThrownBy(choice::file).hasMessageContaining("/dev/zero is not a file");
  }

  @Test
  void aGoodOneThatGoesIsNotReplacedByWhatWasReadOfIt() throws Exception {
    Files.copy(good, later);
    choice.set(later.toString());
    assertThat(choice.file()).isPresent();
    Files.delete(later);
    assertThat(choice.file()).contains(CaFile.configured(later.toString()));
  }
}
