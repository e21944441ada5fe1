package org.candor.format.dns.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.candor.format.dns.QueryName;
import org.candor.http.testing.NeedsPeer;
import org.junit.jupiter.api.Test;

@NeedsPeer("named")
class BindTest extends ServedZone {

  /** Authoritative only, with a query log. */
  static final class Setup implements NameServer.Setup {

    @Override
    public String configuration(Path directory, int port) {
      return """
      options {
        directory "%s";
        listen-on port %d { 127.0.0.1; };
        listen-on-v6 { none; };
        pid-file none;
        recursion no;
        dnssec-validation no;
        notify no;
        querylog yes;
      };
      controls { };
      zone "%s" { type primary; file "zone"; };
      """
          .formatted(directory, port, ZONE);
    }

    @Override
    public List<String> arguments(Path configuration) {
      return List.of("-g", "-n", "1", "-c", configuration.toString());
    }
  }

  @Override
  NameServer start(Path directory) throws IOException {
    return NameServer.start("named", new Setup(), directory, ZONE);
  }

  @Test
  void itsQueryLogIsReadBack() throws Exception {
    QueryName question = question("3.1.4-log");

    server().txt(question.encode() + "." + ZONE);

    assertThat(logged("3.1.4-log")).isEqualTo(question);
  }

  private QueryName logged(String version) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end) {
      Optional<QueryName> logged =
          server()
              .log()
              .lines()
              .flatMap(line -> QueryName.decode(line).stream())
              .filter(name -> name.version().equals(version))
              .findFirst();
      if (logged.isPresent()) {
        return logged.get();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("not in the query log:\n" + server().log());
  }
}
