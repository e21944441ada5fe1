package org.candor.sink.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.candor.api.Bytes;
import org.candor.api.sink.Outcome;
import org.candor.api.sink.Receipt;
import org.candor.http.client.LocalTransport;
import org.candor.http.testing.NeedsPeer;
import org.candor.http.testing.PeerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Asks Unbound, which flips the case of letters and asks no server for more of a name than it must,
 * and which asks BIND, which answers by wildcard. Neither knows of any server but the other.
 */
@Timeout(60)
@NeedsPeer({"named", "unbound"})
class RealServersTest {

  private static final String LARGE = "x".repeat(250);

  private static final LocalTransport HTTP = LocalTransport.open();
  private static final List<Path> DIRECTORIES = new ArrayList<>();
  private static PeerProcess bind;
  private static PeerProcess unbound;

  @BeforeAll
  static void start() throws IOException {
    bind = PeerProcess.start("named", RealServersTest::bind);
    unbound = PeerProcess.start("unbound", RealServersTest::unbound);
  }

  @AfterAll
  static void stop() throws IOException {
    HTTP.close();
    unbound.close();
    bind.close();
  }

  @Test
  void aStockServerAnswersByWildcard() throws Exception {
    Receipt receipt = ask(unbound, "updates.example", "node.cluster.1-2-3.v1");

    assertThat(receipt)
        .isEqualTo(
            Receipt.delivered("NOERROR, 1 TXT record from " + unbound.place())
                .replying(Bytes.utf8("[[\"newest=2.5.0;\",\"said=\\u00fc\\\"\"]]")));
    assertThat(asked()).contains("query: node.cluster.1-2-3.v1.updates.example in txt");
  }

  @Test
  void whatTheResolverKnowsIsNotAskedAgain() throws Exception {
    ask(unbound, "updates.example", "same.cluster.1-2-3.v1");
    ask(unbound, "updates.example", "same.cluster.1-2-3.v1");

    assertThat(asked().split("query: same.cluster.1-2-3.v1.updates.example in txt", -1)).hasSize(2);
  }

  @Test
  void whatDoesNotFitComesOverTcp() throws Exception {
    for (PeerProcess server : List.of(bind, unbound)) {
      Receipt receipt = ask(server, "updates.example", "node.cluster.9-9-9.v1");
      assertThat(receipt.answer()).isEqualTo("NOERROR, 8 TXT records from " + server.place());
      assertThat(receipt.reply().orElseThrow().utf8()).contains("[\"7" + LARGE + "\"]");
    }
    assertThat(asked())
        .containsPattern("query: node.cluster.9-9-9.v1.updates.example in txt [+-]e\\(0\\)[a-z]*t");
  }

  @Test
  void anAliasIsFollowed() throws Exception {
    assertThat(ask(unbound, "updates.example", "node.cluster.alias.v1").reply())
        .contains(Bytes.utf8("[[\"newest=2.5.0;\",\"said=\\u00fc\\\"\"]]"));
  }

  @Test
  void aNameThatIsNotThere() throws Exception {
    assertThat(ask(unbound, "updates.example", "node.cluster.7-7-7.v2").answer())
        .startsWith("NXDOMAIN from " + unbound.place());
  }

  @Test
  void aNameThatHasOnlyAnAddress() throws Exception {
    Receipt receipt = ask(unbound, "updates.example", "ns");
    assertThat(receipt.answer()).startsWith("NOERROR, no TXT record from " + unbound.place());
    assertThat(receipt.outcome()).isEqualTo(Outcome.DELIVERED);
  }

  @Test
  void anotherZone() throws Exception {
    assertThat(ask(bind, "elsewhere.example", "node.v1"))
        .isEqualTo(Receipt.retry(bind.place() + " says REFUSED").resting(Duration.ofHours(1)));
  }

  @Test
  void aResolverWhoseServerSaysNo() throws Exception {
    assertThat(ask(unbound, "lost.example", "node.v1"))
        .isEqualTo(Receipt.retry(unbound.place() + " says SERVFAIL").resting(Duration.ofHours(1)));
  }

  private static Receipt ask(PeerProcess server, String zone, String relative) throws IOException {
    return Sinks.ask(Sinks.with(HTTP).of(zone, server.place()), relative, Sinks.soon());
  }

  /** BIND's query log, in lower case. */
  private static String asked() throws IOException {
    return Files.readString(DIRECTORIES.get(0).resolve("output")).toLowerCase(Locale.ROOT);
  }

  private static List<String> bind(Path directory, int port) throws IOException {
    DIRECTORIES.clear();
    DIRECTORIES.add(directory);
    StringBuilder zone =
        new StringBuilder(
            """
            $TTL 60
            $ORIGIN updates.example.
            @ IN SOA ns hostmaster 1 3600 600 86400 60
            @ IN NS ns
            ns IN A 127.0.0.1
            *.1-2-3.v1 IN TXT "newest=2.5.0;" "said=\\252\\""
            *.alias.v1 IN CNAME any.any.1-2-3.v1
            """);
    for (int i = 0; i < 8; i++) {
      zone.append("*.9-9-9.v1 IN TXT \"" + i + LARGE + "\"\n");
    }
    Files.writeString(directory.resolve("zone"), zone);
    Files.writeString(
        directory.resolve("named.conf"),
        """
        options {
          directory "%1$s";
          listen-on port %2$d { 127.0.0.1; };
          listen-on-v6 { none; };
          pid-file none;
          session-keyfile none;
          recursion no;
          dnssec-validation no;
          empty-zones-enable no;
          notify no;
          querylog yes;
        };
        controls { };
        zone "updates.example" { type primary; file "zone"; };
        """
            .formatted(directory, port));
    return List.of("-g", "-n", "1", "-c", directory.resolve("named.conf").toString());
  }

  private static List<String> unbound(Path directory, int port) throws IOException {
    Path configuration =
        Files.writeString(
            directory.resolve("unbound.conf"),
            """
            server:
              directory: "%1$s"
              chroot: ""
              username: ""
              pidfile: ""
              use-syslog: no
              do-daemonize: no
              interface: 127.0.0.1
              port: %2$d
              do-ip6: no
              module-config: "iterator"
              do-not-query-localhost: no
              use-caps-for-id: yes
              qname-minimisation: yes
              qname-minimisation-strict: yes
            remote-control:
              control-enable: no
            stub-zone:
              name: "updates.example"
              stub-addr: %3$s
            stub-zone:
              name: "lost.example"
              stub-addr: %3$s
            """
                .formatted(directory, port, bind.place().replace(':', '@')));
    return List.of("-d", "-c", configuration.toString());
  }
}
