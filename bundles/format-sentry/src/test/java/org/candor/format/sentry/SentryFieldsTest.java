package org.candor.format.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Report;
import org.junit.jupiter.api.Test;

class SentryFieldsTest {

  private final SentryFormatter formatter = new SentryFormatter();
  private final FieldCatalogue fields = formatter.fields();

  static Stream<Report> reports() {
    return Stream.of(
        Reports.richInventory(),
        Reports.inventory(),
        Reports.richCrash(),
        Reports.poorCrash(),
        Hostile.inventory(),
        Hostile.crash());
  }

  @Test
  void nothingLeavesThatIsNotListed() {
    reports().forEach(report -> assertThat(paths(report)).allMatch(fields::covers));
  }

  @Test
  void everythingThatIsListedCanLeave() {
    Set<String> emitted =
        reports().flatMap(report -> paths(report).stream()).collect(Collectors.toSet());
    assertThat(emitted).containsAll(fields.fields().stream().map(Field::name).toList());
  }

  @Test
  void noNameIsListedTwiceAndNothingIsLeftUnsaid() {
    assertThat(fields.fields()).extracting(Field::name).doesNotHaveDuplicates();
    assertThat(fields.fields())
        .allSatisfy(
            field -> {
              assertThat(field.meaning()).isNotBlank();
              assertThat(field.why()).isNotBlank();
              assertThat(field.since()).isEqualTo("0.1.0");
            });
  }

  @Test
  void whatTheFormatterReadsIsWhatTheChannelHandsToIt() {
    reports()
        .forEach(
            report ->
                assertThat(paths(report.only(fields.facts())))
                    .containsExactlyElementsOf(paths(report)));
  }

  @Test
  void theCatalogueSaysWhereAFieldComesFrom() {
    assertThat(meaning("contexts.candor.pool_count"))
        .contains("from a StorageOS API; see etc/org.candor.source.storageos.cfg");
    assertThat(meaning("user.id")).contains("from etc/org.candor.identity.cfg");
    assertThat(meaning("contexts.runtime.version")).contains("from this process");
  }

  private String meaning(String name) {
    return fields.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow()
        .meaning();
  }

  private List<String> paths(Report report) {
    return Envelope.of(formatter.format(report).get(0)).paths();
  }
}
