package org.candor.format.segment;

import java.util.ArrayList;
import java.util.List;
import org.candor.api.fact.FactNames;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.report.ReportKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a health report into the track calls {@code health}, {@code package_list} and {@code
 * mesos_track}, each message one element of the {@code batch} that Segment's {@code /v1/batch}
 * takes. {@code health} always comes; the others when their facts were looked at. Each has the
 * common properties of DC/OS, {@code schemaVersion}, and {@code partial} when the report has gaps:
 * whoever reads one event alone must not take it for whole.
 *
 * <p>A message holds at most {@link MessageWriter#LIMIT} bytes; what is more goes into further
 * messages of the same event, see {@link MessageWriter}. Format: dcos/dcos-signal (a50f02e) and
 * Segment's HTTP API.
 */
@Component(service = ReportFormatter.class)
@FormatterName("segment")
public final class SegmentFormatter implements ReportFormatter {

  static final String HEALTH = "health";
  static final String PACKAGE_LIST = "package_list";
  static final String MESOS_TRACK = "mesos_track";

  private static final Logger LOG = LoggerFactory.getLogger(SegmentFormatter.class);

  private final FieldCatalogue fields = SegmentFields.catalogue();
  private final Notices notices;
  private final MessageWriter writer;

  @Activate
  public SegmentFormatter() {
    this(new Notices(LOG::warn, LOG::info));
  }

  SegmentFormatter(Notices notices) {
    this.notices = notices;
    this.writer = new MessageWriter(notices);
  }

  @Override
  public FieldCatalogue fields() {
    return fields;
  }

  @Override
  public List<Message> format(Report report) {
    if (report.kind() != ReportKind.HEALTH) {
      return List.of();
    }
    Common common = Common.of(report, notices);
    return events(report).stream().flatMap(event -> writer.write(event, common).stream()).toList();
  }

  private List<Event> events(Report report) {
    List<Event> events = new ArrayList<>();
    List<Piece> health = new ArrayList<>(Figures.of(report, HEALTH, notices));
    health.addAll(Units.of(report, notices));
    events.add(Event.plain(HEALTH, health));
    if (!report.all(FactNames.PACKAGE_COUNT).isEmpty()) {
      events.add(Event.listing(PACKAGE_LIST, "package_list", Packages.of(report, notices)));
    }
    List<Piece> mesos = new ArrayList<>(Figures.of(report, MESOS_TRACK, notices));
    if (!mesos.isEmpty()) {
      mesos.addAll(Frameworks.of(report, notices));
      events.add(Event.listing(MESOS_TRACK, "frameworks", mesos));
    }
    return events;
  }
}
