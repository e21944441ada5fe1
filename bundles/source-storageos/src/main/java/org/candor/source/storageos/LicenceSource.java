package org.candor.source.storageos;

import org.candor.api.Deadline;
import org.candor.api.fact.FactNames;
import org.candor.api.source.HealthSource;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.api.source.SourceName;
import org.candor.api.text.PlainText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A StorageOS cluster's kind of licence. A source of its own, because a user who may list volumes
 * often may not read the licence: that then costs this one fact, and {@code telemetry:sources} says
 * why.
 */
@Component(immediate = true)
@SourceName("storageos-licence")
public final class LicenceSource implements HealthSource {

  private final StorageOsCluster cluster;

  @Activate
  public LicenceSource(@Reference StorageOsCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Observation observe(Deadline deadline) throws SourceException {
    return cluster.ask(api -> facts(PlainText.line(api.licenceType(deadline))));
  }

  private static Observation facts(String type) {
    Observation.Builder seen = Observation.builder();
    if (!type.isEmpty()) {
      seen.text(FactNames.STORAGE_LICENSE_TYPE, type);
    }
    return seen.build();
  }
}
