package org.candor.format.dns.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.candor.http.testing.NeedsPeer;
import org.junit.jupiter.api.AfterAll;

/** A resolver that minimises names and changes the case of letters, before BIND. */
@NeedsPeer({"unbound", "named"})
class UnboundTest extends ServedZone {

  private NameServer authority;

  private record Setup(int authority) implements NameServer.Setup {

    @Override
    public String configuration(Path directory, int port) {
      return """
      server:
        interface: 127.0.0.1@%1$d
        username: ""
        chroot: ""
        directory: "%2$s"
        pidfile: ""
        use-syslog: no
        num-threads: 1
        do-not-query-localhost: no
        module-config: "iterator"
        use-caps-for-id: yes
        qname-minimisation: yes
        qname-minimisation-strict: yes
        harden-below-nxdomain: yes
      stub-zone:
        name: "%3$s"
        stub-addr: 127.0.0.1@%4$d
      remote-control:
        control-enable: no
      """
          .formatted(port, directory, ZONE, authority);
    }

    @Override
    public List<String> arguments(Path configuration) {
      return List.of("-d", "-c", configuration.toString());
    }
  }

  @Override
  NameServer start(Path directory) throws IOException {
    authority = NameServer.start("named", new BindTest.Setup(), directory, ZONE);
    Path own = Files.createDirectory(directory.resolve("unbound"));
    return NameServer.start("unbound", new Setup(authority.port()), own, ZONE);
  }

  @AfterAll
  void stopAuthority() {
    if (authority != null) {
      authority.close();
    }
  }
}
