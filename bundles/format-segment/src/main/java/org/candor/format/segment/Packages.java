package org.candor.format.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.report.Report;

/** Puts an installed package's name and version together again. */
final class Packages {

  private final List<Package> packages = new ArrayList<>();
  private final Map<String, Package> latest = new HashMap<>();

  private final Notices notices;

  private Packages(Notices notices) {
    this.notices = notices;
  }

  /** One element for each package, in the order of their facts. */
  static List<Piece> of(Report report, Notices notices) {
    Packages packages = new Packages(notices);
    report.facts().forEach(packages::add);
    return packages.packages.stream().map(Package::piece).toList();
  }

  // Two packages may share an application's id, the empty one for example: a second name or version
  // begins a second package.
  private void add(Fact fact) {
    boolean name = fact.name().equals(FactNames.PACKAGE_NAME);
    if (!name && !fact.name().equals(FactNames.PACKAGE_VERSION)) {
      return;
    }
    if (!(fact.value() instanceof Value.Text text)) {
      notices.unusable(fact.name());
      return;
    }
    Package seen = latest.get(fact.subject());
    if (seen == null || (name ? seen.name : seen.version).isPresent()) {
      seen = new Package(fact.subject());
      packages.add(seen);
      latest.put(fact.subject(), seen);
    }
    if (name) {
      seen.name = Optional.of(text.text());
    } else {
      seen.version = Optional.of(text.text());
    }
  }

  private static final class Package {

    private final String appId;
    private Optional<String> name = Optional.empty();
    private Optional<String> version = Optional.empty();

    private Package(String appId) {
      this.appId = appId;
    }

    private Piece piece() {
      return new Piece.Element(
          appId,
          JsonEncoder.of(
              json -> {
                json.beginObject().name("appId").value(appId);
                json.name("packageInformation").beginObject();
                json.name("packageDefinition").beginObject();
                json.name("name").value(name.orElse(""));
                json.name("version").value(version.orElse(""));
                json.endObject().endObject().endObject();
              }));
    }
  }
}
