package org.candor.source.dcos;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.candor.api.Deadline;
import org.candor.api.fact.FactNames;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.api.source.SourceName;
import org.candor.http.HttpCall;
import org.candor.source.dcos.diagnostics.DiagnosticsReader;
import org.candor.source.dcos.diagnostics.DiagnosticsReport;
import org.candor.source.dcos.json.JsonScanner;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/** Units and nodes, from the report of dcos-diagnostics. */
@Component(configurationPid = DcosConfig.PID, immediate = true)
// Describes the file of all three sources: a bundle describes a PID once.
@Designate(ocd = DcosConfig.class)
@SourceName("dcos-health")
public final class DiagnosticsSource implements HealthSource, ConfigurationProblems {

  private final BaseUrl base =
      new BaseUrl("diagnosticsUrl", LoggerFactory.getLogger(DiagnosticsSource.class));
  private final DcosClient access;

  @Activate
  public DiagnosticsSource(@Reference DcosClient access, DcosConfig config) {
    this(access, config.diagnosticsUrl());
  }

  DiagnosticsSource(DcosClient access, String diagnosticsUrl) {
    this.access = access;
    base.set(diagnosticsUrl);
  }

  @Modified
  void modified(DcosConfig config) {
    base.set(config.diagnosticsUrl());
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return base.problems();
  }

  @Override
  public Observation observe(Deadline deadline) throws SourceException {
    Optional<URI> url = base.get();
    return url.isPresent() ? observe(url.get(), deadline) : base.unconfigured();
  }

  private Observation observe(URI url, Deadline deadline) throws SourceException {
    HttpCall call = HttpCall.get(BaseUrl.below(url, "/system/health/v1/report"));
    DiagnosticsReport report =
        access.ask(
            base.key(), call, deadline, body -> JsonScanner.read(body, DiagnosticsReader::read));
    Observation.Builder seen = Observation.builder();
    report.units().forEach((unit, count) -> seen.unit(unit, count.total(), count.unhealthy()));
    report
        .nodes()
        .ifPresent(
            nodes ->
                seen.count(FactNames.NODES_TOTAL, nodes.total())
                    .count(FactNames.NODES_UNKNOWN, nodes.unknown()));
    return seen.build();
  }
}
