package org.candor.source.dcos;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.api.source.SourceName;
import org.candor.http.HttpCall;
import org.candor.source.dcos.json.JsonScanner;
import org.candor.source.dcos.mesos.Framework;
import org.candor.source.dcos.mesos.FrameworksReader;
import org.candor.source.dcos.mesos.MetricsReader;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/** Frameworks and figures, from the leading Mesos master. */
@Component(configurationPid = DcosConfig.PID, immediate = true)
@SourceName("dcos-mesos")
public final class MesosSource implements HealthSource, ConfigurationProblems {

  private final BaseUrl base = new BaseUrl("mesosUrl", LoggerFactory.getLogger(MesosSource.class));
  private final DcosClient access;

  @Activate
  public MesosSource(@Reference DcosClient access, DcosConfig config) {
    this(access, config.mesosUrl());
  }

  MesosSource(DcosClient access, String mesosUrl) {
    this.access = access;
    base.set(mesosUrl);
  }

  @Modified
  void modified(DcosConfig config) {
    base.set(config.mesosUrl());
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
    HttpCall frameworksCall = HttpCall.get(BaseUrl.below(url, "/frameworks"));
    HttpCall metricsCall = HttpCall.get(BaseUrl.below(url, "/metrics/snapshot"));
    List<Framework> frameworks =
        access.ask(
            base.key(),
            frameworksCall,
            deadline,
            body -> JsonScanner.read(body, FrameworksReader::read));
    List<Fact> figures =
        access.ask(
            base.key(), metricsCall, deadline, body -> JsonScanner.read(body, MetricsReader::read));
    Observation.Builder seen = Observation.builder();
    Subjects subjects = new Subjects();
    for (Framework framework : frameworks) {
      seen.fact(
          new Fact(
              FactNames.FRAMEWORK_NAME,
              subjects.of(framework.id()),
              new Value.Text(framework.name())));
    }
    figures.forEach(seen::fact);
    return seen.build();
  }
}
