package org.candor.format.segment;

import java.util.List;
import java.util.stream.Stream;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;

/** The Mesos frameworks that the report names. */
final class Frameworks {

  private Frameworks() {}

  /** One element for each framework, in the order of their facts. */
  static List<Piece> of(Report report, Notices notices) {
    return report.all(FactNames.FRAMEWORK_NAME).stream()
        .flatMap(fact -> piece(fact, notices))
        .toList();
  }

  private static Stream<Piece> piece(Fact fact, Notices notices) {
    if (!(fact.value() instanceof Value.Text name)) {
      notices.unusable(fact.name());
      return Stream.empty();
    }
    String json =
        JsonEncoder.of(writer -> writer.beginObject().name("name").value(name.text()).endObject());
    return Stream.of(new Piece.Element(name.text(), json));
  }
}
