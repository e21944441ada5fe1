package org.candor.format.dns.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.candor.http.testing.NeedsPeer;

@NeedsPeer("knotd")
class KnotTest extends ServedZone {

  private static final class Setup implements NameServer.Setup {

    @Override
    public String configuration(Path directory, int port) {
      return """
      server:
        rundir: "%2$s"
        listen: 127.0.0.1@%1$d
        pidfile: "%2$s/pid"
      database:
        storage: "%2$s/db"
      log:
        - target: stdout
          any: info
      zone:
        - domain: %3$s
          storage: "%2$s"
          file: zone
          zonefile-sync: -1
      """
          .formatted(port, directory, ZONE);
    }

    @Override
    public List<String> arguments(Path configuration) {
      return List.of("-c", configuration.toString());
    }
  }

  @Override
  NameServer start(Path directory) throws IOException {
    return NameServer.start("knotd", new Setup(), directory, ZONE);
  }
}
