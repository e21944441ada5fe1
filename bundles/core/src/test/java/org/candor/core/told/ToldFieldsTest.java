package org.candor.core.told;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;
import org.candor.core.MovableClock;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldFieldsTest {

  private static final Place PLACE = Place.formatter("c", "plain");
  private static final Field OLD = field("old", Sensitivity.TECHNICAL, "a");
  private static final Field NEW = field("new", Sensitivity.TECHNICAL, "b");

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private Duration grace = Duration.ofMinutes(10);
  private Path etc;
  private ToldFields told;

  @BeforeEach
  void restart() throws IOException {
    etc = Files.createDirectories(directory.resolve("etc"));
    told = new ToldFields(new Etc(etc), () -> grace, clock);
  }

  @Test
  void whatComesWithTheChannelHasNoGraceOfItsOwn() throws IOException {
    assertThat(tell(OLD, NEW).fields()).isEmpty();
    restart();
    assertThat(tell(OLD, NEW).fields()).isEmpty();
    assertThat(told.later(PLACE, catalogue(OLD, NEW))).isEmpty();
  }

  @Test
  void whatAnUpgradeAddsIsWithheldUntilTheGraceIsOverAlsoThroughARestart() throws IOException {
    tell(OLD);
    Instant end = clock.instant().plus(grace);
    Withheld withheld = tell(OLD, NEW);
    assertThat(withheld.fields()).containsExactly(NEW);
    assertThat(withheld.facts()).containsExactly("a");
    assertThat(withheld.shut()).isEmpty();
    assertThat(told.later(PLACE, catalogue(OLD, NEW))).containsOnlyKeys("new");
    clock.advance(Duration.ofMinutes(9));
    restart();
    withheld = tell(OLD, NEW);
    assertThat(withheld.until(NEW))
        .hasValueSatisfying(
            until -> assertThat(until).isBetween(end.minusSeconds(1), end.plusSeconds(1)));
    clock.advance(Duration.ofMinutes(2));
    assertThat(tell(OLD, NEW).facts()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theGraceIsAskedForAnew() throws IOException {
    tell(OLD);
    assertThat(tell(OLD, NEW).fields()).hasSize(1);
    grace = Duration.ZERO;
    assertThat(tell(OLD, NEW).fields()).isEmpty();
    assertThat(told.known(PLACE, catalogue(OLD, NEW)).orElseThrow().fields()).isEmpty();
  }

  @Test
  void whatBecomesMoreSensitiveIsNewAndWhatBecomesLessSoIsNot() throws IOException {
    tell(field("x", Sensitivity.PSEUDONYMOUS, "a"));
    assertThat(tell(field("x", Sensitivity.TECHNICAL, "a")).fields()).isEmpty();
    assertThat(tell(field("x", Sensitivity.CUSTOMER, "a")).fields()).hasSize(1);
  }

  @Test
  void whatGoesAndComesBackIsNotNew() throws IOException {
    tell(OLD, NEW);
    tell(OLD);
    assertThat(tell(OLD, NEW).fields()).isEmpty();
  }

  @Test
  void aFieldThatNoMissingFactKeepsOutShutsTheChannel() throws IOException {
    Field ofNothing = field("constant", Sensitivity.NONE);
    Field ofOld = field("also", Sensitivity.TECHNICAL, "a", "z");
    tell(OLD);
    assertThat(tell(OLD, NEW).shut()).isEmpty();
    assertThat(tell(OLD, ofNothing).shut()).isPresent();
    assertThat(tell(OLD, ofOld).shut()).isPresent();
    clock.advance(Duration.ofMinutes(11));
    assertThat(tell(OLD, NEW, ofNothing, ofOld).shut()).isEmpty();
  }

  @Test
  void anotherSinkOrFormatterIsTheOwnersChoiceAndAnotherChannelsMemoryItsOwn() throws IOException {
    tell(OLD);
    assertThat(told.tell(Place.sink("c", "file"), catalogue(NEW)).fields()).isEmpty();
    assertThat(told.tell(Place.formatter("d", "plain"), catalogue(NEW)).fields()).isEmpty();
    assertThat(tell(OLD, NEW).fields()).hasSize(1);
  }

  @Test
  void aLookTellsNothing() throws IOException {
    tell(OLD);
    assertThat(told.look(PLACE, catalogue(OLD, NEW)).fields()).containsExactly(NEW);
    clock.advance(Duration.ofMinutes(11));
    assertThat(tell(OLD, NEW).fields()).as("told only now").containsExactly(NEW);
  }

  @Test
  void whatCannotBeWrittenIsNotToldAndOpensNoGate() throws IOException {
    tell(OLD);
    grace = Duration.ZERO;
    Files.delete(etc.resolve("org.candor.fields.told"));
    Files.createDirectories(etc.resolve(".org.candor.fields.told.new/in-the-way"));
    for (int i = 0; i < 3; i++) {
      assertThat(tell(OLD, NEW).fields()).containsExactly(NEW);
      assertThat(told.trouble()).hasValueSatisfying(t -> assertThat(t).contains("fields.told"));
      clock.advance(Duration.ofHours(1));
    }
    Files.delete(etc.resolve(".org.candor.fields.told.new/in-the-way"));
    assertThat(tell(OLD, NEW).fields()).isEmpty();
    assertThat(told.trouble()).isEmpty();
  }

  @Test
  void whatCannotBeReadLetsNothingPass() throws IOException {
    Files.createDirectories(etc.resolve("org.candor.fields.told"));
    assertThatThrownBy(() -> tell(OLD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("etc/org.candor.fields.told cannot be read");
    assertThat(told.known(PLACE, catalogue(OLD))).isEmpty();
    assertThat(told.trouble()).hasValueSatisfying(t -> assertThat(t).contains("cannot be read"));
    Files.delete(etc.resolve("org.candor.fields.told"));
    assertThat(tell(OLD).fields()).isEmpty();
    assertThat(told.trouble()).isEmpty();
  }

  @Test
  void aLineThatSaysNothingIsAsIfItWereNotThere() throws IOException {
    tell(OLD, NEW);
    Path file = etc.resolve("org.candor.fields.told");
    Files.writeString(file, Files.readString(file).replace("technical\tnew", "tech\tnew"));
    restart();
    assertThat(tell(OLD, NEW).fields()).containsExactly(NEW);
  }

  @Test
  void aClockThatWasSetBackHoldsNothingForYears() throws IOException {
    tell(OLD);
    clock.advance(Duration.ofDays(3650));
    tell(OLD, NEW);
    clock.advance(Duration.ofDays(-3650));
    tell(OLD, NEW);
    clock.advance(Duration.ofMinutes(11));
    assertThat(tell(OLD, NEW).fields()).isEmpty();
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    Field[] fields =
        List.of("a\tb", "a\nb\n", "#", "", " x ", "é", "*[]", "a=b:c").stream()
            .map(name -> field(name, Sensitivity.NONE))
            .toArray(Field[]::new);
    tell(fields);
    restart();
    assertThat(tell(fields).fields()).isEmpty();
  }

  private Withheld tell(Field... fields) throws IOException {
    return told.tell(PLACE, catalogue(fields));
  }

  private static FieldCatalogue catalogue(Field... fields) {
    return new FieldCatalogue(Arrays.asList(fields));
  }

  private static Field field(String name, Sensitivity sensitivity, String... facts) {
    return new Field(name, FieldType.TEXT, "", "", "", sensitivity, "0.1.0", Set.of(facts));
  }
}
