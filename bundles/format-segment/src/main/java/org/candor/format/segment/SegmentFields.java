package org.candor.format.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Field;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.FieldType;
import org.candor.api.report.Sensitivity;

/**
 * Every key of a message: those of the frame and those of {@code properties}, each by its own name.
 */
final class SegmentFields {

  private static final String FIRST_VERSION = "0.1.0";

  private final List<Field> fields = new ArrayList<>();

  private SegmentFields() {}

  static FieldCatalogue catalogue() {
    SegmentFields catalogue = new SegmentFields();
    catalogue.frame();
    catalogue.installation();
    catalogue.report();
    catalogue.health();
    catalogue.packages();
    catalogue.mesos();
    return new FieldCatalogue(catalogue.fields);
  }

  private void frame() {
    add(
        "type",
        FieldType.TEXT,
        "Always track: Segment's word for something that was observed",
        "Segment demands it",
        Sensitivity.NONE);
    add(
        "event",
        FieldType.TEXT,
        "Which of the three messages this is: health, package_list or mesos_track",
        "Tells the vendor how to read the rest",
        Sensitivity.NONE);
    add(
        "anonymousId",
        FieldType.ID,
        "The cluster's id, the same as clusterId",
        "Segment demands an id of the sender; a cluster's messages belong together by it",
        Sensitivity.PSEUDONYMOUS,
        FactNames.CLUSTER_ID);
    add(
        "userId",
        FieldType.ID,
        "The customer key, the same as customerKey; left out when there is none",
        "Tells the vendor whose cluster it is when a contract gave it a key",
        Sensitivity.CUSTOMER,
        FactNames.CUSTOMER_KEY);
    add(
        "messageId",
        FieldType.ID,
        "A random id of this message, made once and kept when it is sent again",
        "Lets Segment drop what it already has",
        Sensitivity.NONE);
    add(
        "timestamp",
        FieldType.TIME,
        "When this was observed, in UTC, to the second",
        "Puts the observations in order, even those that were sent late",
        Sensitivity.NONE);
  }

  private void installation() {
    add(
        "clusterId",
        FieldType.ID,
        "The cluster's id: random, made at the installation; it names nobody",
        "Tells clusters apart and recognises the same one the next hour",
        Sensitivity.PSEUDONYMOUS,
        FactNames.CLUSTER_ID);
    add(
        "customerKey",
        FieldType.ID,
        "The key that the vendor gave you with a contract; empty without one",
        "Lets support find your cluster when you ask for help",
        Sensitivity.CUSTOMER,
        FactNames.CUSTOMER_KEY);
    add(
        "licenseId",
        FieldType.ID,
        "The id of your licence; empty without one",
        "Lets support know what your licence covers",
        Sensitivity.CUSTOMER,
        FactNames.LICENSE_ID);
    add(
        "environmentVersion",
        FieldType.TEXT,
        "The version of the product that runs here",
        "Shows which versions are in use and in which one a component fails",
        Sensitivity.TECHNICAL,
        FactNames.PRODUCT_VERSION);
    add(
        "variant",
        FieldType.TEXT,
        "The product's edition, such as open",
        "Shows whether a failure concerns one edition or all",
        Sensitivity.TECHNICAL,
        FactNames.PRODUCT_VARIANT);
    add(
        "platform",
        FieldType.TEXT,
        "What the cluster runs on, such as onprem, as your configuration says",
        "Shows which platforms need care",
        Sensitivity.TECHNICAL,
        FactNames.PLATFORM);
    add(
        "provider",
        FieldType.TEXT,
        "Who provides the machines, such as aws or onprem, as your configuration says",
        "Shows whether a failure comes with one provider",
        Sensitivity.TECHNICAL,
        FactNames.PROVIDER);
    add(
        "source",
        FieldType.TEXT,
        "Always cluster: this was said by a cluster, not by a web page",
        "Tells the cluster's messages from those of the user interface",
        Sensitivity.NONE);
  }

  private void report() {
    add(
        "schemaVersion",
        FieldType.COUNT,
        "The version of this list of keys; 1 at present",
        "Lets the vendor read old and new messages alike",
        Sensitivity.NONE);
    add(
        "partial",
        FieldType.TEXT,
        "Which sources could not be asked this time, each with one word why; left out when all"
            + " could",
        "Keeps the vendor from taking what is missing for what is gone",
        Sensitivity.TECHNICAL);
    add(
        "part",
        FieldType.TEXT,
        "Which part of how many this message is, such as 2/3; only when one message could not hold"
            + " everything",
        "Lets the vendor put the parts together again",
        Sensitivity.TECHNICAL);
    add(
        "omitted",
        FieldType.COUNT,
        "entries",
        "How many entries were left out because one alone is larger than Segment takes; stands in"
            + " the first part, and only when there are any",
        "Keeps the vendor from taking the message for complete",
        Sensitivity.TECHNICAL,
        Set.of());
  }

  private void health() {
    add(
        "health-unit-*-total",
        FieldType.COUNT,
        "nodes",
        "On how many nodes a component is; the middle is the component's name with hyphens for"
            + " dots",
        "Puts the number of failures in proportion",
        Sensitivity.TECHNICAL,
        Set.of(FactNames.UNIT_TOTAL));
    add(
        "health-unit-*-unhealthy",
        FieldType.COUNT,
        "nodes",
        "On how many of these nodes the component itself fails",
        "Shows which components fail, and in which version it began",
        Sensitivity.TECHNICAL,
        Set.of(FactNames.UNIT_UNHEALTHY));
    figures(
        SegmentFormatter.HEALTH,
        "Puts the components' counts in proportion: a node that cannot be reached is not counted"
            + " there");
  }

  private void packages() {
    add(
        "package_list[].appId",
        FieldType.TEXT,
        "The id of the application that an installed package runs as, as your administrator named"
            + " it",
        "Tells several installations of one package apart",
        Sensitivity.TECHNICAL,
        FactNames.PACKAGE_COUNT,
        FactNames.PACKAGE_NAME,
        FactNames.PACKAGE_VERSION);
    add(
        "package_list[].packageInformation.packageDefinition.name",
        FieldType.TEXT,
        "The name of an installed package",
        "Shows which packages are used",
        Sensitivity.TECHNICAL,
        FactNames.PACKAGE_COUNT,
        FactNames.PACKAGE_NAME);
    add(
        "package_list[].packageInformation.packageDefinition.version",
        FieldType.TEXT,
        "The version of an installed package",
        "Shows which versions of a package are used",
        Sensitivity.TECHNICAL,
        FactNames.PACKAGE_COUNT,
        FactNames.PACKAGE_VERSION);
  }

  private void mesos() {
    add(
        "frameworks[].name",
        FieldType.TEXT,
        "The name of a Mesos framework, as it registered itself",
        "Shows which frameworks are used",
        Sensitivity.TECHNICAL,
        FactNames.FRAMEWORK_NAME);
    figures(SegmentFormatter.MESOS_TRACK, "Shows how large clusters are and how full");
  }

  private void figures(String event, String why) {
    Arrays.stream(Figure.values())
        .filter(figure -> figure.event().equals(event))
        .forEach(
            figure ->
                add(
                    figure.key(),
                    figure.type(),
                    figure.unit(),
                    figure.meaning(),
                    why,
                    Sensitivity.TECHNICAL,
                    Set.of(figure.fact())));
  }

  private void add(
      String name,
      FieldType type,
      String meaning,
      String why,
      Sensitivity sensitivity,
      String... facts) {
    add(
        name,
        type,
        "",
        meaning,
        why,
        sensitivity,
        Arrays.stream(facts).collect(Collectors.toSet()));
  }

  private void add(
      String name,
      FieldType type,
      String unit,
      String meaning,
      String why,
      Sensitivity sensitivity,
      Set<String> facts) {
    fields.add(new Field(name, type, unit, meaning, why, sensitivity, FIRST_VERSION, facts));
  }
}
