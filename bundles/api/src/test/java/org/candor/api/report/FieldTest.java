package org.candor.api.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldTest {

  private static final Field TOTALS =
      new Field(
          "health-unit-*-total",
          FieldType.COUNT,
          "nodes",
          "",
          "",
          Sensitivity.TECHNICAL,
          "0.1.0",
          Set.of("unit.total"));

  @Test
  void aPatternCoversWhatItSays() {
    assertThat(TOTALS.covers("health-unit-a.b-total")).isTrue();
    assertThat(TOTALS.covers("health-unit-a\nb-total")).isTrue();
    assertThat(TOTALS.covers("health-unit-a-unhealthy")).isFalse();
    assertThat(TOTALS.covers("xhealth-unit-a-total")).isFalse();
  }

  @Test
  void aCatalogueNamesItsFacts() {
    assertThat(new FieldCatalogue(List.of(TOTALS)).facts()).containsExactly("unit.total");
  }

  @Test
  void oneEntryStandsForTwoThatAreReadAlike() {
    Field id = id("of a message", "lets drop it", Sensitivity.NONE, "a", "0.1.0");
    Field other = id("of the batch", "lets drop it", Sensitivity.CUSTOMER, "b", "0.1.0");
    Field later = id("of the batch", "lets drop it", Sensitivity.NONE, "b", "0.2.0");
    FieldCatalogue first = new FieldCatalogue(List.of(id, TOTALS));
    assertThat(first.and(new FieldCatalogue(List.of(other))).fields())
        .containsExactly(
            new Field(
                "messageId",
                FieldType.ID,
                "",
                "of a message; also: of the batch",
                "lets drop it",
                Sensitivity.CUSTOMER,
                "0.1.0",
                Set.of("a", "b")),
            TOTALS);
    assertThat(first.and(new FieldCatalogue(List.of(later))).fields())
        .containsExactly(id, TOTALS, later);
  }

  private static Field id(
      String meaning, String why, Sensitivity sensitivity, String fact, String since) {
    return new Field("messageId", FieldType.ID, "", meaning, why, sensitivity, since, Set.of(fact));
  }
}
