package org.candor.http.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {

  @TempDir Path directory;

  @Test
  void findsWhatCanBeRun() throws IOException {
    Path server = Files.createFile(directory.resolve("no-such-server"));
    Peers peers = new Peers(Map.of("PATH", ":/no/such/directory:" + directory));
    assertThat(peers.find("no-such-server")).isEmpty();
    Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwx------"));
    assertThat(peers.find("no-such-server")).contains(server);
    assertThat(peers.missing("no-such-server")).isEmpty();
    assertThat(peers.find(".")).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(new Peers(Map.of()).missing("no-such-server", "another"))
        .contains("no-such-server is not installed");
    assertThat(new Peers(Map.of("CANDOR_PEERS", "optional")).missing("no-such-server")).isPresent();
  }

  @Test
  void orFailsWhereNothingMayBeSkipped() {
    Peers peers = new Peers(Map.of("CANDOR_PEERS", "required"));
    assertThatThrownBy(() -> peers.missing("no-such-server"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no-such-server is not installed, and CANDOR_PEERS is \"required\"");
  }
}
