package org.candor.core.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.candor.api.Bytes;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.Sensitivity;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.Severity;
import org.candor.api.upgrade.UpgradeAnswer;

/** Counts what it is asked for, and makes a message of it. */
final class TotalsFormatter implements ReportFormatter {
  List<String> seen = List.of();
  int made;
  int asked;
  boolean fails;
  Runnable whenAsked = () -> {};
  Optional<Set<String>> later = Optional.empty();

  @Override
  public FieldCatalogue fields() {
    List<Field> fields = new ArrayList<>();
    fields.add(field("total", Set.of(FactNames.UNIT_TOTAL)));
    later.ifPresent(facts -> fields.add(field("later", facts)));
    return new FieldCatalogue(fields);
  }

  private static Field field(String name, Set<String> facts) {
    return new Field(name, FieldType.COUNT, "", "", "", Sensitivity.TECHNICAL, "0.1.0", facts);
  }

  @Override
  public List<Message> format(Report report) {
    asked++;
    whenAsked.run();
    if (fails) {
      throw new IllegalStateException("no");
    }
    seen = report.facts().stream().map(fact -> fact.name()).toList();
    made++;
    return List.of(new Message("id" + made, "m", "text/plain", Bytes.utf8("report " + made)));
  }

  @Override
  public Optional<UpgradeAnswer> read(Message message, String running, Bytes reply)
      throws RefusedAnswerException {
    if (reply.utf8().equals("refuse")) {
      throw new RefusedAnswerException("told to");
    }
    return Optional.of(
        new UpgradeAnswer(
            "",
            "1.2.3",
            reply.utf8(),
            Severity.REQUIRED,
            Optional.empty(),
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2027-11-01T00:00:00Z"),
            true));
  }
}
