package org.candor.format.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.candor.api.fact.FactNames;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FormatterName;
import org.candor.api.report.Message;
import org.candor.api.report.Report;
import org.candor.api.report.ReportFormatter;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Settings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
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
 *
 * <p>What people did in a product's web page becomes the calls of DC/OS's page, see {@link
 * WebWriter}. Format: dcos/dcos-ui (5a1ab8937^).
 */
@Component(
    service = {ReportFormatter.class, ConfigurationProblems.class},
    configurationPid = SegmentFormatter.PID)
@Designate(ocd = Config.class)
@FormatterName("segment")
public final class SegmentFormatter implements ReportFormatter, ConfigurationProblems {

  static final String PID = "org.candor.format.segment";

  static final String HEALTH = "health";
  static final String PACKAGE_LIST = "package_list";
  static final String MESOS_TRACK = "mesos_track";

  private static final Logger LOG = LoggerFactory.getLogger(SegmentFormatter.class);

  private final FieldCatalogue fields = SegmentFields.catalogue();
  private final Settings settings = new Settings("etc/" + PID + ".cfg", LOG::error);
  private final Notices notices;
  private final MessageWriter writer;
  private volatile EventNames names;

  @Activate
  public SegmentFormatter(Config config) {
    this(config, new Notices(LOG::warn, LOG::info));
  }

  SegmentFormatter(Config config, Notices notices) {
    this.notices = notices;
    this.writer = new MessageWriter(notices);
    this.names = EventNames.first(settings, config);
  }

  @Modified
  void modified(Config config) {
    names = EventNames.read(settings, config);
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Override
  public FieldCatalogue fields() {
    return fields;
  }

  @Override
  public Set<String> mediaTypes() {
    return Set.of(MessageWriter.MEDIA_TYPE);
  }

  @Override
  public List<Message> format(Report report) {
    return switch (report.kind()) {
      case HEALTH -> health(report);
      case UI -> WebWriter.write(report, names, notices);
      case INVENTORY, CRASH, VERSION_CHECK -> List.of();
    };
  }

  private List<Message> health(Report report) {
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
