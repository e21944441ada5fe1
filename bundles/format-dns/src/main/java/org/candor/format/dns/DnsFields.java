package org.candor.format.dns;

import java.util.List;
import java.util.Set;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;

/** Every label of a query name, under the names that {@code telemetry:decode} gives them. */
final class DnsFields {

  private static final String FIRST_VERSION = "0.1.0";

  private DnsFields() {}

  static FieldCatalogue catalogue() {
    return new FieldCatalogue(
        List.of(
            field(
                "clusterId",
                FieldType.ID,
                "A pseudonym of the cluster: an HMAC of its id with this installation's secret;"
                    + " left out with identity = none",
                "Counts clusters: the same one is recognised the next day, without saying whose it is",
                Sensitivity.PSEUDONYMOUS,
                Set.of(FactNames.CLUSTER_PSEUDONYM)),
            field(
                "nodeId",
                FieldType.ID,
                "A pseudonym of the node that asks, made in the same way; left out with identity = none",
                "Keeps a cluster from being counted again when another of its nodes asks",
                Sensitivity.PSEUDONYMOUS,
                Set.of(FactNames.NODE_PSEUDONYM)),
            field(
                "version",
                FieldType.TEXT,
                "The version of the product that runs here; left out with identity = none",
                "The answer depends on it; shows which versions are in use",
                Sensitivity.TECHNICAL,
                Set.of(FactNames.PRODUCT_VERSION)),
            field(
                "kubernetesVersion",
                FieldType.TEXT,
                "The version of Kubernetes; only when you named a distribution (k8sDistro), and"
                    + " left out with identity = none",
                "Shows which platforms need attention",
                Sensitivity.TECHNICAL,
                Set.of(FactNames.KUBERNETES_VERSION)),
            field(
                "kubernetesDistro",
                FieldType.TEXT,
                "The distribution of Kubernetes as you named it (k8sDistro); left out with identity"
                    + " = none",
                "Shows which platforms need attention",
                Sensitivity.TECHNICAL,
                Set.of(FactNames.KUBERNETES_DISTRIBUTION)),
            field(
                "v1",
                FieldType.TEXT,
                "Always v1, the version of this list; any stands before it with identity = none",
                "Tells the vendor's server how to read the name",
                Sensitivity.NONE,
                Set.of())));
  }

  private static Field field(
      String name,
      FieldType type,
      String meaning,
      String why,
      Sensitivity sensitivity,
      Set<String> facts) {
    return new Field(name, type, "", meaning, why, sensitivity, FIRST_VERSION, facts);
  }
}
