package org.candor.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.candor.api.consent.Purpose;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;
import org.candor.control.Announced;
import org.candor.control.Answers;
import org.candor.control.Matter;
import org.candor.core.MovableClock;
import org.candor.core.disclosure.Disclosure.Part;
import org.candor.core.settings.Etc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedFieldsTest {

  private static final DisclosureKey PLACE = DisclosureKey.formatter("c", "plain");
  private static final Field OLD = field("old", Sensitivity.TECHNICAL, "a");
  private static final Field NEW = field("new", Sensitivity.TECHNICAL, "b");
  private static final String HERE = "https://here, write key sha256:aa";
  private static final String THERE = "https://there, write key sha256:aa";
  private static final Duration GRACE = Duration.ofMinutes(10);

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock();
  private final Instant firstStart = clock.instant();
  private Duration grace = GRACE;
  private Path etc;
  private Path file;
  private AnnouncedFields announcedFields;
  private Consumer<Answers> granting = answers -> {};

  @BeforeEach
  void restart() throws IOException {
    etc = Files.createDirectories(directory.resolve("etc"));
    file = etc.resolve("org.candor.announced");
    announcedFields =
        new AnnouncedFields(
            new Etc(etc),
            () -> grace,
            now -> firstStart,
            listener -> {
              granting = listener;
              return () -> {};
            },
            clock);
  }

  @Test
  void whatAChannelHasAtTheFirstStartHasNoGraceOfItsOwn() throws IOException {
    assertThat(announce(OLD, NEW).fields()).isEmpty();
    assertThat(hold(usage(HERE))).isEmpty();
    restart();
    assertThat(announce(OLD, NEW).fields()).isEmpty();
    assertThat(hold(usage(HERE))).isEmpty();
    assertThat(announcedFields.later(PLACE, catalogue(OLD, NEW))).isEmpty();
    assertThat(announcedFields.lately(usage(HERE))).isEmpty();
  }

  @Test
  void aSecondDestinationWithinTheFirstStartIsNotCoveredByIt() throws IOException {
    assertThat(hold(usage(HERE))).isEmpty();
    assertThat(hold(usage(THERE))).contains(clock.instant().plus(GRACE));
  }

  @Test
  void aNewChannelWaitsAlsoThroughARestartAndSaysWhy() throws IOException {
    clock.advance(Duration.ofDays(1));
    Instant end = clock.instant().plus(GRACE);
    assertThat(announcedFields.announce(usage(HERE)).news())
        .isEqualTo("it is a new channel for usage, and sends to " + HERE);
    clock.advance(Duration.ofMinutes(9));
    restart();
    assertThat(announcedFields.known(usage(HERE))).isEmpty();
    assertThat(hold(usage(HERE)))
        .hasValueSatisfying(
            until -> assertThat(until).isBetween(end.minusSeconds(1), end.plusSeconds(1)));
    assertThat(announcedFields.announce(usage(HERE)).formatter().orElseThrow().fields())
        .as("the preview shows them")
        .isEmpty();
    assertThat(announcedFields.lately(usage(HERE)))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.matter()).isEqualTo(Matter.CHANNEL);
              assertThat(one.what()).isEqualTo("usage to " + HERE);
              assertThat(one.withheldUntil()).isPresent();
            });
    clock.advance(Duration.ofMinutes(2));
    assertThat(hold(usage(HERE))).isEmpty();
    assertThat(announcedFields.lately(usage(HERE)))
        .extracting(Announced::withheldUntil)
        .containsOnly(none());
    clock.advance(Duration.ofDays(7));
    assertThat(announcedFields.lately(usage(HERE))).isEmpty();
  }

  @Test
  void anotherDestinationPurposeFormatterOrSinkWaits() throws IOException {
    List<Disclosure> others =
        List.of(
            usage(THERE),
            usage("https://here, write key sha256:bb"),
            disclosure(Purpose.ERRORS, HERE, "plain", "told"),
            disclosure(Purpose.USAGE, HERE, "other", "told"),
            disclosure(Purpose.USAGE, HERE, "plain", "other"));
    announce(OLD);
    for (Disclosure other : others) {
      clock.advance(Duration.ofDays(1));
      assertThat(hold(other)).contains(clock.instant().plus(GRACE));
      assertThat(hold(usage(HERE))).as("back again").isEmpty();
      clock.advance(GRACE);
      assertThat(hold(other)).isEmpty();
      assertThat(announcedFields.lately(other)).hasSize(1);
      restart();
      assertThat(hold(other)).as("announced before").isEmpty();
    }
  }

  @Test
  void aGrantOfThePurposeOfTheChannelOrOfAllAcceptsAndNoOtherDoes() throws IOException {
    announce(OLD);
    clock.advance(Duration.ofDays(1));
    for (Answers grant :
        List.of(
            Answers.of(Set.of(Purpose.USAGE), true),
            new Answers(Map.of(), Map.of("c", true)),
            Answers.of(Set.of(Purpose.values()), true))) {
      Disclosure next = usage("https://" + grant.hashCode());
      assertThat(hold(next)).isPresent();
      granting.accept(Answers.of(Set.of(Purpose.ERRORS, Purpose.VERSION_CHECK), true));
      granting.accept(new Answers(Map.of(Purpose.USAGE, false), Map.of("d", true)));
      assertThat(hold(next)).isPresent();
      granting.accept(grant);
      assertThat(hold(next)).isEmpty();
      assertThat(announcedFields.lately(next)).isEmpty();
      restart();
      assertThat(hold(next)).isEmpty();
    }
    announce(OLD, NEW);
    granting.accept(Answers.of(Set.of(Purpose.USAGE), true));
    assertThat(announce(OLD, NEW).fields()).as("fields too").isEmpty();
    assertThat(hold(usage(THERE))).as("announced after it").isPresent();
  }

  @Test
  void whatWasForAnotherPurposeBeforeNeedsAGrantForTheNewOne() throws IOException {
    announce(OLD);
    Disclosure errors = disclosure(Purpose.ERRORS, HERE, "plain", "told");
    assertThat(hold(errors)).isPresent();
    granting.accept(Answers.of(Set.of(Purpose.USAGE), true));
    assertThat(hold(errors)).isPresent();
    restart();
    granting.accept(Answers.of(Set.of(Purpose.ERRORS), true));
    assertThat(hold(errors)).as("not known yet what it is for").isPresent();
    granting.accept(Answers.of(Set.of(Purpose.ERRORS), true));
    assertThat(hold(errors)).isEmpty();
  }

  @Test
  void whatIsOffIsAnnouncedSoThatAGrantAcceptsIt() throws IOException {
    announce(OLD);
    clock.advance(Duration.ofDays(1));
    announcedFields.announce(
        new Disclosure("c", Purpose.USAGE, THERE, part(OLD), sink("told"), true));
    clock.advance(Duration.ofMinutes(1));
    granting.accept(Answers.of(Set.of(Purpose.USAGE), true));
    assertThat(hold(usage(THERE))).isEmpty();
  }

  @Test
  void withoutItsFormatterNothingOfAChannelIsAnnouncedYet() throws IOException {
    announce(OLD);
    clock.advance(Duration.ofDays(1));
    Disclosure there =
        new Disclosure("c", Purpose.USAGE, THERE, Optional.empty(), sink("told"), false);
    assertThat(hold(there)).contains(clock.instant().plus(GRACE));
    clock.advance(GRACE);
    assertThat(hold(there)).contains(clock.instant().plus(GRACE));
  }

  @Test
  void withoutAGraceNothingWaits() throws IOException {
    clock.advance(Duration.ofDays(1));
    grace = Duration.ZERO;
    assertThat(hold(usage(HERE))).isEmpty();
    assertThat(hold(usage(THERE))).isEmpty();
    assertThat(announcedFields.known(usage("https://third")).orElseThrow().hold()).isEmpty();
  }

  @Test
  void whatAnEarlierBuildKeptIsTakenOverOnceTogetherWithTheFirstDestination() throws IOException {
    Path earlier = etc.resolve("org.candor.fields.told");
    Files.writeString(
        earlier,
        "# Which fields\n"
            + "c\tformatter plain\t-\ttechnical\told\n"
            + "c\tformatter plain\t"
            + clock.instant().minusSeconds(60)
            + "\ttechnical\tnew\n");
    clock.advance(Duration.ofMinutes(5));
    Disclosure disclosure =
        new Disclosure("c", Purpose.USAGE, HERE, part(OLD, NEW), sink("told"), false);
    assertThat(hold(disclosure)).isEmpty();
    assertThat(announcedFields.announce(disclosure).formatter().orElseThrow().fields())
        .containsExactly(NEW);
    assertThat(earlier).doesNotExist();
    restart();
    assertThat(hold(disclosure)).isEmpty();
    assertThat(hold(usage(THERE))).as("the second one").isPresent();
    assertThat(hold(disclosure(Purpose.ERRORS, HERE, "plain", "told"))).isPresent();
    assertThat(hold("d", HERE)).as("a channel that it did not know").isPresent();
  }

  @Test
  void aFileOfAnEarlierBuildThatComesBackCountsForNothing() throws IOException {
    announce(OLD);
    Path earlier = etc.resolve("org.candor.fields.told");
    Files.writeString(earlier, "d\tformatter plain\t-\ttechnical\told\n");
    clock.advance(Duration.ofDays(1));
    restart();
    assertThat(hold("d", HERE)).isPresent();
    assertThat(earlier).doesNotExist();
  }

  @Test
  void whereEtcCannotBeWrittenAnotherPlaceKeepsIt() throws IOException {
    Files.createDirectories(etc.resolve(".org.candor.announced.new/in-the-way"));
    announce(OLD);
    assertThat(file).doesNotExist();
    assertThat(announcedFields.problem()).isEmpty();
    clock.advance(Duration.ofDays(1));
    restart();
    assertThat(hold(usage(HERE))).isEmpty();
  }

  @Test
  void whatAnUpgradeAddsIsWithheldUntilTheGraceIsOverAlsoThroughARestart() throws IOException {
    announce(OLD);
    Instant end = clock.instant().plus(grace);
    WithheldFields withheld = announce(OLD, NEW);
    assertThat(withheld.fields()).containsExactly(NEW);
    assertThat(withheld.facts()).containsExactly("a");
    assertThat(withheld.hold()).isEmpty();
    assertThat(announcedFields.later(PLACE, catalogue(OLD, NEW))).containsOnlyKeys("new");
    clock.advance(Duration.ofMinutes(9));
    restart();
    withheld = announce(OLD, NEW);
    assertThat(withheld.until(NEW))
        .hasValueSatisfying(
            until -> assertThat(until).isBetween(end.minusSeconds(1), end.plusSeconds(1)));
    clock.advance(Duration.ofMinutes(2));
    assertThat(announce(OLD, NEW).facts()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theGraceIsAskedForAnew() throws IOException {
    announce(OLD);
    assertThat(announce(OLD, NEW).fields()).hasSize(1);
    grace = Duration.ZERO;
    assertThat(announce(OLD, NEW).fields()).isEmpty();
    assertThat(announcedFields.known(PLACE, catalogue(OLD, NEW)).orElseThrow().fields()).isEmpty();
  }

  @Test
  void whatBecomesMoreSensitiveIsNewAndWhatBecomesLessSoIsNot() throws IOException {
    announce(field("x", Sensitivity.PSEUDONYMOUS, "a"));
    assertThat(announce(field("x", Sensitivity.TECHNICAL, "a")).fields()).isEmpty();
    assertThat(announce(field("x", Sensitivity.CUSTOMER, "a")).fields()).hasSize(1);
  }

  @Test
  void whatGoesAndComesBackIsNotNew() throws IOException {
    announce(OLD, NEW);
    announce(OLD);
    assertThat(announce(OLD, NEW).fields()).isEmpty();
  }

  @Test
  void aFieldThatNoMissingFactKeepsOutShutsTheChannel() throws IOException {
    Field ofNothing = field("constant", Sensitivity.NONE);
    Field ofOld = field("also", Sensitivity.TECHNICAL, "a", "z");
    announce(OLD);
    assertThat(announce(OLD, NEW).hold()).isEmpty();
    assertThat(announce(OLD, ofNothing).hold()).isPresent();
    assertThat(announce(OLD, ofOld).hold()).isPresent();
    clock.advance(Duration.ofMinutes(11));
    assertThat(announce(OLD, NEW, ofNothing, ofOld).hold()).isEmpty();
  }

  @Test
  void whatAPluginWithoutFieldsAddsLaterIsNewAlsoAfterARestart() throws IOException {
    announce();
    restart();
    assertThat(announce(NEW).fields()).containsExactly(NEW);
  }

  @Test
  void aLookAnnouncesNothing() throws IOException {
    announce(OLD);
    assertThat(announcedFields.look(PLACE, catalogue(OLD, NEW)).fields()).containsExactly(NEW);
    assertThat(announcedFields.known(usage(THERE)).orElseThrow().hold()).isPresent();
    clock.advance(Duration.ofMinutes(11));
    assertThat(announce(OLD, NEW).fields()).as("announced only now").containsExactly(NEW);
    assertThat(hold(usage(THERE))).isPresent();
  }

  @Test
  void whatCannotBeWrittenIsNotAnnouncedAndOpensNoGate() throws IOException {
    announce(OLD);
    grace = Duration.ZERO;
    Files.createDirectories(etc.resolve(".org.candor.announced.new/in-the-way"));
    Files.createDirectories(directory.resolve("var/candor/.org.candor.announced.new/in-the-way"));
    for (int i = 0; i < 3; i++) {
      assertThat(announce(OLD, NEW).fields()).containsExactly(NEW);
      assertThat(hold(usage(THERE))).isPresent();
      assertThat(announcedFields.problem())
          .hasValueSatisfying(
              t -> assertThat(t).contains(file.getFileName() + " cannot be written"));
      clock.advance(Duration.ofHours(1));
    }
    Files.delete(etc.resolve(".org.candor.announced.new/in-the-way"));
    assertThat(announce(OLD, NEW).fields()).isEmpty();
    assertThat(hold(usage(THERE))).isEmpty();
    assertThat(announcedFields.problem()).isEmpty();
  }

  @Test
  void whatCannotBeReadLetsNothingPass() throws IOException {
    Files.createDirectory(file);
    assertThatThrownBy(() -> announce(OLD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("etc/org.candor.announced cannot be read");
    granting.accept(Answers.of(Set.of(Purpose.values()), true));
    assertThat(announcedFields.known(PLACE, catalogue(OLD))).isEmpty();
    assertThat(announcedFields.known(usage(HERE))).isEmpty();
    assertThat(announcedFields.problem())
        .hasValueSatisfying(t -> assertThat(t).contains("cannot be read"));
    Files.delete(file);
    assertThat(announce(OLD).fields()).isEmpty();
    assertThat(announcedFields.problem()).isEmpty();
  }

  @Test
  void aFileOfAnEarlierBuildThatCannotBeReadLetsNothingPass() throws IOException {
    Files.createDirectory(etc.resolve("org.candor.fields.told"));
    assertThatThrownBy(() -> announce(OLD))
        .hasMessageContaining("etc/org.candor.fields.told cannot be read");
    assertThat(etc.resolve("org.candor.fields.told")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage\n", "\u0000\u00ff", "wrong"})
  void whatIsDamagedIsSetAsideAndAnnouncedAgain(String how) throws IOException {
    clock.advance(Duration.ofDays(1));
    announce(OLD);
    hold(usage(HERE));
    clock.advance(Duration.ofDays(1));
    assertThat(hold(usage(HERE))).isEmpty();
    byte[] damaged =
        how.equals("wrong")
            ? Files.readString(file).replace("usage", "usbge").getBytes(StandardCharsets.UTF_8)
            : how.getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, damaged);
    restart();
    assertThat(hold(usage(HERE))).contains(clock.instant().plus(GRACE));
    assertThat(announcedFields.damage())
        .contains("etc/org.candor.announced was damaged", "set-aside-", "announced again");
    assertThat(announcedFields.problem()).isEmpty();
    assertThat(setAside())
        .singleElement()
        .satisfies(one -> assertThat(one).hasBinaryContent(damaged));
    restart();
    assertThat(hold(usage(HERE))).as("it is on disk").isPresent();
    assertThat(announcedFields.damage()).as("said once").isEmpty();
    clock.advance(GRACE);
    assertThat(hold(usage(HERE))).isEmpty();
    assertThat(setAside()).hasSize(1);
  }

  @Test
  void aDamagedFileOfAnEarlierBuildIsSetAsideToo() throws IOException {
    Files.write(etc.resolve("org.candor.fields.told"), new byte[] {(byte) 0xff});
    announce(OLD);
    assertThat(etc.resolve("org.candor.fields.told")).doesNotExist();
    assertThat(announcedFields.damage()).contains("org.candor.fields.told.set-aside-");
    assertThat(setAside()).hasSize(1);
  }

  private List<Path> setAside() throws IOException {
    try (Stream<Path> files = Files.list(etc)) {
      return files.filter(one -> one.toString().contains(".set-aside-")).toList();
    }
  }

  @Test
  void aLineThatSaysNothingIsAsIfItWereNotThere() throws IOException {
    announce(OLD, NEW);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceAll("# CRC.*\n", "")
            .replace("technical\tnew", "tech\tnew")
            .replace("-\tnone\t" + HERE, "once\tnone\t" + HERE));
    restart();
    assertThat(announce(OLD, NEW).fields()).containsExactly(NEW);
    assertThat(announcedFields.damage()).isEmpty();
  }

  @Test
  void aClockThatWasSetBackHoldsNothingForYears() throws IOException {
    announce(OLD);
    clock.advance(Duration.ofDays(3650));
    announce(OLD, NEW);
    hold(usage(THERE));
    clock.advance(Duration.ofDays(-3650));
    announce(OLD, NEW);
    hold(usage(THERE));
    clock.advance(Duration.ofMinutes(11));
    assertThat(announce(OLD, NEW).fields()).isEmpty();
    assertThat(hold(usage(THERE))).isEmpty();
  }

  @Test
  void namesMayHoldAnything() throws IOException {
    Field[] fields =
        List.of("a\tb", "a\nb\n", "#", "", " x ", "é", "*[]", "a=b:c").stream()
            .map(name -> field(name, Sensitivity.NONE))
            .toArray(Field[]::new);
    announce(fields);
    hold(usage("a\tb\nc"));
    clock.advance(Duration.ofDays(1));
    restart();
    assertThat(announce(fields).fields()).isEmpty();
    assertThat(hold(usage("a\tb\nc"))).isEmpty();
  }

  private WithheldFields announce(Field... fields) throws IOException {
    return announcedFields
        .announce(new Disclosure("c", Purpose.USAGE, HERE, part(fields), sink("told"), false))
        .formatter()
        .orElseThrow();
  }

  private Optional<Instant> hold(Disclosure disclosure) throws IOException {
    return announcedFields.announce(disclosure).hold();
  }

  private Optional<Instant> hold(String channel, String destination) throws IOException {
    return hold(
        new Disclosure(
            channel,
            Purpose.USAGE,
            destination,
            Optional.of(new Part(DisclosureKey.formatter(channel, "plain"), catalogue(OLD))),
            new Part(DisclosureKey.sink(channel, "told"), FieldCatalogue.empty()),
            false));
  }

  private static Disclosure usage(String destination) {
    return disclosure(Purpose.USAGE, destination, "plain", "told");
  }

  private static Disclosure disclosure(
      Purpose purpose, String destination, String formatter, String sink) {
    return new Disclosure(
        "c",
        purpose,
        destination,
        Optional.of(new Part(DisclosureKey.formatter("c", formatter), catalogue(OLD))),
        sink(sink),
        false);
  }

  private static Optional<Part> part(Field... fields) {
    return Optional.of(new Part(PLACE, catalogue(fields)));
  }

  private static Part sink(String name) {
    return new Part(DisclosureKey.sink("c", name), FieldCatalogue.empty());
  }

  private static Optional<Instant> none() {
    return Optional.empty();
  }

  private static FieldCatalogue catalogue(Field... fields) {
    return new FieldCatalogue(Arrays.asList(fields));
  }

  private static Field field(String name, Sensitivity sensitivity, String... facts) {
    return new Field(name, FieldType.TEXT, "", "", "", sensitivity, "0.1.0", Set.of(facts));
  }
}
