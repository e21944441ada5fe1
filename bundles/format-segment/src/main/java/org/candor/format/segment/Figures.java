package org.candor.format.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;

/** The figures of one event, as far as the report has them. */
final class Figures {

  private Figures() {}

  static List<Piece> of(Report report, String event, Notices notices) {
    List<Piece> pieces = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      if (figure.event().equals(event)) {
        report
            .first(figure.fact())
            .flatMap(value -> piece(figure, value, notices))
            .ifPresent(pieces::add);
      }
    }
    return pieces;
  }

  private static Optional<Piece> piece(Figure figure, Value value, Notices notices) {
    Optional<String> number = JsonEncoder.number(value);
    if (number.isEmpty()) {
      notices.unusable(figure.fact());
    }
    return number.map(json -> new Piece.Properties(figure.key(), Map.of(figure.key(), json)));
  }
}
