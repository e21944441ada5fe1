package org.candor.core.reset;

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
import org.candor.api.report.Message;
import org.candor.api.sink.Outcome;
import org.candor.control.Forgotten.Named;
import org.candor.core.MovableClock;
import org.candor.core.StoreFixture;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityFiles;
import org.candor.core.identity.IdentityFixture;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.journal.JournalRecord;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.Etc;
import org.candor.core.store.IoAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process ends between any two steps, and nothing of before is seen afterwards. */
class ErasureTest {

  private static final String CLUSTER = "9c1a7e52-5d2e-4f0b-8f0e-000000000001";
  private static final String NODE = "9c1a7e52-5d2e-4f0b-8f0e-000000000002";
  private static final String OWNERS =
      "# Ours\nclusterId = " + CLUSTER + "\nnodeId = " + NODE + "\ncustomerKey = c-1\n";
  private static final int STEPS = 8;
  private static final int IMAGE_STEPS = 9;

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
    Files.writeString(base.resolve("etc/org.candor.identity.cfg"), OWNERS);
    Files.writeString(base.resolve("etc/org.candor.fields.told"), "shown\n");
    Files.writeString(base.resolve("etc/org.candor.consent.answers"), "a denial\n");
    Identity identity = identity(new Erasure(etc));
    identity.facts();
    ids = identity.known();
    secret = secret();
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
    Erasure dying = erasure("1", killer(steps));
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
    Erasure erasure = erasure("1", () -> done[0]++);
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
    assertThat(identity(new Erasure(etc)).clusterId()).isEqualTo(asked);
    assertThat(Files.readString(base.resolve("etc/org.candor.identity.ids"))).contains(asked);
    assertThat(secret()).hasSize(64).isNotEqualTo(secret);
    assertThat(base.resolve("etc/org.candor.forget")).doesNotExist();
    assertThat(var.resolve("of-others.mv.db")).exists();
    List<String> old = new ArrayList<>(List.of(secret));
    ids.forEach(id -> old.add(id.value()));
    assertThat(old).hasSize(7);
    assertNowhereBut(OWNERS, old);
  }

  private void assertNowhereBut(String owners, List<String> old) throws IOException {
    try (Stream<Path> files = Files.walk(base)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (file.endsWith("etc/org.candor.identity.cfg")) {
          assertThat(text).isEqualTo(owners);
        } else {
          assertThat(text).as(file.toString()).doesNotContain(old);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aStoreThatIsOpenedFirstFindsNothingEither(int steps) throws IOException {
    Erasure dying = erasure("1", killer(steps));
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
    Path too = base.resolve("var/candor/.org.candor.identity.secret.new/x");
    Files.createDirectories(inTheWay);
    Files.createDirectories(too);
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
    Files.delete(too);
    assertForgotten();
  }

  @Test
  void whatAnEarlierBuildBeganIsFinished() throws IOException {
    Files.writeString(
        base.resolve("etc/org.candor.forget"),
        "directory = " + var + "\nids = clusterId " + CLUSTER + "\n");
    assertForgotten();
  }

  @Test
  void aCopyThatIsTakenMeanwhileErasesItsOwnStore() throws IOException {
    new Erasure(etc).begin(var, ids);
    Path copy = base.resolve("copy");
    Files.createDirectories(copy.resolve("etc"));
    Files.createDirectories(copy.resolve("var"));
    Files.copy(base.resolve("etc/org.candor.forget"), copy.resolve("etc/org.candor.forget"));
    Files.copy(var.resolve("outbox.mv"), copy.resolve("var/outbox.mv"));
    new Erasure(new Etc(copy.resolve("etc"))).finish();
    assertThat(copy.resolve("var/outbox.mv")).doesNotExist();
    assertThat(var.resolve("outbox.mv")).exists();
  }

  @Test
  void anImageHasNothingAndOpensNothingBeforeItsNextStart() throws IOException {
    int[] done = {0};
    Erasure erasure = erasure("1", () -> done[0]++);
    erasure.prepareImage(var);
    assertThat(done[0]).isEqualTo(IMAGE_STEPS);
    for (Erasure sameStart : List.of(erasure, erasure("1", () -> {}))) {
      assertThatThrownBy(() -> identity(sameStart).facts())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Stop Karaf now and take the image");
      open(sameStart);
      try (Stores stores = new Stores()) {
        assertThatThrownBy(() -> stores.outbox.count("c")).hasMessageContaining("take the image");
      }
    }
    assertEmptied();
    assertThat(Files.readString(base.resolve("etc/org.candor.forget")))
        .contains("directory = var\n");

    // What else is made meanwhile.
    Files.writeString(base.resolve("etc/org.candor.identity.secret"), secret);
    Files.writeString(base.resolve("etc/org.candor.announced"), "shown");
    Files.writeString(var.resolve("history.mv"), CLUSTER);
    Erasure next = erasure("2", () -> {});
    Identity fresh = identity(next);
    assertThat(fresh.clusterId()).isNotEqualTo(CLUSTER);
    assertEmptied();
    fresh.facts();
    assertThat(secret()).isNotEqualTo(secret);
    assertThat(base.resolve("etc/org.candor.forget")).doesNotExist();
    assertThat(identity(erasure("3", () -> {})).clusterId()).isEqualTo(fresh.clusterId());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void whereverThePreparationEndsTheNextStartBeginsAnew(int steps) throws IOException {
    assertThatThrownBy(() -> erasure("1", killer(steps)).prepareImage(var))
        .isInstanceOf(KilledError.class);
    assertThatThrownBy(() -> erasure("2", killer(steps)).finish()).isInstanceOf(KilledError.class);
    assertThat(identity(erasure("3", () -> {})).clusterId()).isNotEqualTo(CLUSTER);
    assertEmptied();
    assertThat(base.resolve("etc/org.candor.forget")).doesNotExist();
  }

  /** But for the owner's settings and answers. */
  private void assertEmptied() throws IOException {
    assertThat(base.resolve("etc/org.candor.identity.secret")).doesNotExist();
    assertThat(base.resolve("etc/org.candor.fields.told")).doesNotExist();
    assertThat(base.resolve("etc/org.candor.announced")).doesNotExist();
    assertThat(base.resolve("etc/org.candor.consent.answers")).exists();
    List<String> old = new ArrayList<>(List.of(secret));
    ids.forEach(id -> old.add(id.value()));
    assertNowhereBut(OWNERS, old);
  }

  private Erasure erasure(String start, IoAction afterEach) {
    return new Erasure(etc, new IdentityFiles(etc), start, afterEach);
  }

  private static IoAction killer(int steps) {
    int[] left = {steps};
    return () -> {
      if (--left[0] == 0) {
        throw new KilledError();
      }
    };
  }

  private String secret() throws IOException {
    return Files.readString(base.resolve("etc/org.candor.identity.secret"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .findFirst()
        .orElseThrow();
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
