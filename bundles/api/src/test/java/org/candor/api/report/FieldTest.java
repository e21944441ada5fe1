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
}
