package org.candor.source.dcos;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.candor.api.Bytes;
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
import org.candor.source.dcos.cosmos.InstalledPackage;
import org.candor.source.dcos.cosmos.PackageListReader;
import org.candor.source.dcos.json.JsonScanner;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/** Installed packages, from Cosmos. */
@Component(configurationPid = DcosConfig.PID, immediate = true)
@SourceName("dcos-packages")
public final class PackagesSource implements HealthSource, ConfigurationProblems {

  // Cosmos chooses the operation's version by these two types.
  private static final String REQUEST_TYPE =
      "application/vnd.dcos.package.list-request+json;charset=utf-8;version=v1";
  private static final String RESPONSE_TYPE =
      "application/vnd.dcos.package.list-response+json;charset=utf-8;version=v1";

  private final BaseUrl base =
      new BaseUrl("cosmosUrl", LoggerFactory.getLogger(PackagesSource.class));
  private final DcosClient access;

  @Activate
  public PackagesSource(@Reference DcosClient access, DcosConfig config) {
    this(access, config.cosmosUrl());
  }

  PackagesSource(DcosClient access, String cosmosUrl) {
    this.access = access;
    base.set(cosmosUrl);
  }

  @Modified
  void modified(DcosConfig config) {
    base.set(config.cosmosUrl());
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
    HttpCall call =
        HttpCall.post(BaseUrl.below(url, "/package/list"), REQUEST_TYPE, Bytes.utf8("{}"))
            .with("Accept", RESPONSE_TYPE);
    List<InstalledPackage> packages =
        access.ask(
            base.key(), call, deadline, body -> JsonScanner.read(body, PackageListReader::read));
    Observation.Builder seen = Observation.builder();
    seen.count(FactNames.PACKAGE_COUNT, packages.size());
    Subjects subjects = new Subjects();
    for (InstalledPackage installed : packages) {
      String subject = subjects.of(installed.appId());
      seen.fact(new Fact(FactNames.PACKAGE_NAME, subject, new Value.Text(installed.name())));
      seen.fact(new Fact(FactNames.PACKAGE_VERSION, subject, new Value.Text(installed.version())));
    }
    return seen.build();
  }
}
