package org.candor.format.dns.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.candor.http.testing.NeedsPeer;

@NeedsPeer("nsd")
class NsdTest extends ServedZone {

  private static final class Setup implements NameServer.Setup {

    @Override
    public String configuration(Path directory, int port) {
      return """
      server:
        ip-address: 127.0.0.1
        port: %d
        username: ""
        zonesdir: "%2$s"
        database: ""
        pidfile: ""
        zonelistfile: "%2$s/zone.list"
        xfrdfile: "%2$s/xfrd.state"
        xfrdir: "%2$s"
        server-count: 1
      remote-control:
        control-enable: no
      zone:
        name: "%3$s"
        zonefile: "zone"
      """
          .formatted(port, directory, ZONE);
    }

    @Override
    public List<String> arguments(Path configuration) {
      return List.of("-d", "-c", configuration.toString());
    }
  }

  @Override
  NameServer start(Path directory) throws IOException {
    return NameServer.start("nsd", new Setup(), directory, ZONE);
  }
}
