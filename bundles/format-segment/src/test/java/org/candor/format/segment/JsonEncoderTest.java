package org.candor.format.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.candor.api.fact.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEncoderTest {

  /** Derived from the rules of Go's {@code floatEncoder} (encoding/json), not from a run of Go. */
  @ParameterizedTest
  @CsvSource({
    "4.0,4",
    "0,0",
    "-2,-2",
    "0.1,0.1",
    "400,400",
    "12884.5,12884.5",
    "2.0E-3,0.002",
    "1E20,100000000000000000000",
    "1E21,1e+21",
    "0.000001,0.000001",
    "1E-7,1e-7",
    "-1.5E-9,-1.5e-9",
    "1.7976931348623157E308,1.7976931348623157e+308",
    "4.9E-324,5e-324",
    "2.2E-322,2.2e-322",
    "5.684341886080802E-14,5.684341886080802e-14"
  })
  void measuresAreWrittenAsGoDoes(double measure, String expected) {
    assertThat(JsonEncoder.number(new Value.Measure(measure))).contains(expected);
  }

  @Test
  void aMeasureReadsBackAsItself() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double measure = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(measure)) {
        String json = JsonEncoder.number(new Value.Measure(measure)).orElseThrow();
        assertThat(Double.parseDouble(json)).isEqualTo(measure);
      }
    }
  }

  @Test
  void whatIsNoNumberIsNone() {
    assertThat(JsonEncoder.number(new Value.Measure(Double.POSITIVE_INFINITY))).isEmpty();
    assertThat(JsonEncoder.number(new Value.Text("4"))).isEmpty();
    assertThat(JsonEncoder.number(new Value.Flag(true))).isEmpty();
  }
}
