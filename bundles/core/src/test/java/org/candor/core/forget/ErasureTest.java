package org.candor.core.forget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.candor.api.Bytes;
import org.candor.api.consent.Purpose;
import org.candor.api.control.Forgotten.Named;
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.Etc;
import org.candor.core.store.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process ends between any two steps, and nothing of before is seen afterwards. */
class ErasureTest {

  private static final String CLUSTER = "9c1a7e52-5d2e-4f0b-8f0e-000000000001";
  private static final String NODE = "9c1a7e52-5d2e-4f0b-8f0e-000000000002";
  private static final int STEPS = 8;

  @TempDir Path base;
  private final MovableClock clock = new MovableClock();
  private Path var;
  private Etc etc;
  private StoreFixture store;
  private String secret;
  private List<Named> ids;

  @BeforeEach
  void fill() throws IOException {
    etc = new Etc(Files.createDirectories(base.resolve("etc")));
    var = base.resolve("var");
    Files.writeString(
        base.resolve("etc/org.candor.identity.cfg"),
        "# Ours\nclusterId = " + CLUSTER + "\nnodeId = " + NODE + "\ncustomerKey = c-1\n");
    Identity identity = identity(new Erasure(etc));
    identity.facts();
    ids = identity.known();
    secret = Files.readString(base.resolve("etc/org.candor.identity.secret")).strip();
    open(new Erasure(etc));
    try (Stores stores = new Stores()) {
      Bytes body = Bytes.utf8("{\"anonymousId\":\"" + CLUSTER + "\"}");
      stores.outbox.accept(
          "c", List.of(new Message("m", "m", "text/plain", body)), memory -> memory);
      stores.journal.append(record(body), Optional.of(body));
    }
    Files.writeString(var.resolve("outbox.mv.set-aside-20260101T000000.000Z"), CLUSTER);
    Files.writeString(var.resolve("crashes.mv"), NODE);
    Files.writeString(var.resolve("of-others.mv.db"), "not ours");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whereverTheProcessEndsTheNextOneFinishes(int steps) throws IOException {
    int[] left = {steps};
    Step killer =
        () -> {
          if (--left[0] == 0) {
            throw new KilledError();
          }
        };
    Erasure dying = new Erasure(etc, killer);
    assertThatThrownBy(
            () -> {
              dying.begin(var, ids);
              dying.finish();
            })
        .isInstanceOf(KilledError.class);
    assertForgotten();
  }

  @Test
  void thereAreNoMoreStepsThanAreTested() throws IOException {
    int[] done = {0};
    Erasure erasure = new Erasure(etc, () -> done[0]++);
    erasure.begin(var, ids);
    erasure.finish();
    assertThat(done[0]).isEqualTo(STEPS);
    assertForgotten();
  }

  /** Whoever asks first in the next process: the identity or a store. */
  private void assertForgotten() throws IOException {
    Erasure next = new Erasure(etc);
    String asked = identity(next).clusterId();
    assertThat(UUID.fromString(asked)).isNotEqualTo(UUID.fromString(CLUSTER));
    open(next);
    try (Stores stores = new Stores()) {
      assertThat(stores.outbox.count("c")).isZero();
      assertThat(stores.journal.entries(9)).isEmpty();
      assertThat(stores.journal.verify().intact()).isTrue();
    }
    assertThat(Files.readString(base.resolve("etc/org.candor.identity.cfg")))
        .contains("# Ours", "customerKey = c-1", asked);
    assertThat(Files.readString(base.resolve("etc/org.candor.identity.secret")).strip())
        .hasSize(64)
        .isNotEqualTo(secret);
    assertThat(base.resolve("etc/org.candor.forget")).doesNotExist();
    assertThat(var.resolve("of-others.mv.db")).exists();
    List<String> old = new ArrayList<>(List.of(secret));
    ids.forEach(id -> old.add(id.value()));
    assertThat(old).hasSize(7);
    try (Stream<Path> files = Files.walk(base)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(old);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aStoreThatIsOpenedFirstFindsNothingEither(int steps) throws IOException {
    int[] left = {steps};
    Erasure dying =
        new Erasure(
            etc,
            () -> {
              if (--left[0] == 0) {
                throw new KilledError();
              }
            });
    assertThatThrownBy(
            () -> {
              dying.begin(var, ids);
              dying.finish();
            })
        .isInstanceOf(KilledError.class);
    open(new Erasure(etc));
    try (Stores stores = new Stores()) {
      assertThat(stores.outbox.all("c")).isEmpty();
      assertThat(stores.journal.entries(9)).isEmpty();
    }
    assertThat(identity(new Erasure(etc)).clusterId()).isNotEqualTo(CLUSTER);
  }

  @Test
  void whileItCannotBeFinishedNothingIsOpenedAndNoIdIsTold() throws IOException {
    Path inTheWay = base.resolve("etc/.org.candor.identity.secret.new/x");
    Files.createDirectories(inTheWay);
    Erasure stuck = new Erasure(etc);
    stuck.begin(var, ids);
    assertThatThrownBy(stuck::finish).hasMessageContaining("cannot be finished");
    Erasure next = new Erasure(etc);
    open(next);
    try (Stores stores = new Stores()) {
      assertThatThrownBy(() -> stores.outbox.count("c")).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> identity(next).facts()).isInstanceOf(IOException.class);
    Files.delete(inTheWay);
    assertForgotten();
  }

  @Test
  void aClustersIdOfAFileOfItsOwnStays() throws IOException {
    Path file = base.resolve("etc/org.candor.identity.cfg");
    Files.writeString(file, "clusterIdFile = /var/lib/cluster-id\nclusterId =\n");
    Erasure erasure = new Erasure(etc);
    erasure.begin(var, List.of());
    erasure.finish();
    assertThat(Files.readString(file))
        .contains("clusterIdFile = /var/lib/cluster-id")
        .containsPattern("(?m)^clusterId =\\s*$")
        .containsPattern("(?m)^nodeId = \\S+");
  }

  private void open(Erasure erasure) {
    store = new StoreFixture(var, erasure);
  }

  /** As Config Admin has it until File Install has looked: with the old ids. */
  private Identity identity(Erasure erasure) {
    return IdentityFixture.identity(etc, erasure, CLUSTER, NODE);
  }

  private JournalRecord record(Bytes body) {
    return new JournalRecord(
        "p",
        clock.instant(),
        "c",
        Purpose.USAGE,
        "default",
        body.size(),
        body.sha256(),
        "https://example.org",
        Outcome.DELIVERED,
        "200",
        List.of("m"));
  }

  private final class Stores implements AutoCloseable {
    private final ChainedJournal journal = new ChainedJournal(store.store(), clock);
    private final Outbox outbox = new Outbox(store.store(), journal, clock);

    @Override
    public void close() {
      outbox.close();
      journal.close();
    }
  }

  private static final class KilledError extends Error {
    private static final long serialVersionUID = 1L;
  }
}
