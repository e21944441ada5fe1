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
    catalogue.web();
    return new FieldCatalogue(catalogue.fields);
  }

  private void frame() {
    add(
        "type",
        FieldType.TEXT,
        "Segment's type of the message: track for what was observed or done, identify for who"
            + " logged in to a product's web page, page for a page of it",
        "Segment requires it",
        Sensitivity.NONE,
        FactNames.UI_ACTION);
    add(
        "event",
        FieldType.TEXT,
        "What was observed or done: health, package_list, mesos_track, or what your configuration"
            + " calls a login (dcos_login) and a logout (dcos_logout)",
        "Tells the vendor how to read the rest",
        Sensitivity.NONE,
        FactNames.UI_ACTION);
    add(
        "anonymousId",
        FieldType.ID,
        "The cluster's id, the same as clusterId; of what was done in a web page without a login,"
            + " the random id of the browser where it gives one",
        "Segment requires an id of the sender; it tells which messages come from one cluster",
        Sensitivity.PSEUDONYMOUS,
        FactNames.CLUSTER_ID,
        FactNames.UI_VISITOR);
    add(
        "userId",
        FieldType.ID,
        "The customer key, the same as customerKey; of what was done in a web page, a pseudonym of"
            + " who was logged in, or the product's own id of them where your configuration says"
            + " uiUsers = plain; left out when there is none",
        "Tells the vendor whose cluster it is when a contract gave it a key, and how many people"
            + " use a web page",
        Sensitivity.CUSTOMER,
        FactNames.CUSTOMER_KEY,
        FactNames.UI_USER);
    add(
        "messageId",
        FieldType.ID,
        "A random id of this message, or a digest of a random id from the browser, generated once and"
            + " kept when it is sent again",
        "Lets Segment discard what it already has",
        Sensitivity.NONE,
        FactNames.UI_ID,
        FactNames.CLUSTER_ID);
    add(
        "timestamp",
        FieldType.TIME,
        "When this was observed or done, in UTC, to the second; in a web page to the millisecond",
        "Puts the observations in order, even those that were sent late",
        Sensitivity.NONE,
        FactNames.UI_AT);
  }

  private void installation() {
    add(
        "clusterId",
        FieldType.ID,
        "The cluster's id: random, generated at installation; it names nobody",
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
        "Shows which platforms need attention",
        Sensitivity.TECHNICAL,
        FactNames.PLATFORM);
    add(
        "provider",
        FieldType.TEXT,
        "Who provides the machines, such as aws or onprem, as your configuration says",
        "Shows whether a failure is limited to one provider",
        Sensitivity.TECHNICAL,
        FactNames.PROVIDER);
    add(
        "source",
        FieldType.TEXT,
        "Always cluster: this was reported by a cluster, not by a web page",
        "Tells the cluster's messages from those of the user interface",
        Sensitivity.NONE);
  }

  private void report() {
    add(
        "schemaVersion",
        FieldType.COUNT,
        "The version of this list of keys; 1 at present",
        "Lets the vendor read old and new messages correctly",
        Sensitivity.NONE);
    add(
        "partial",
        FieldType.TEXT,
        "Which sources failed this time, each with the reason in one word; left out when none"
            + " could",
        "Keeps the vendor from mistaking missing data for something that was removed",
        Sensitivity.TECHNICAL);
    add(
        "part",
        FieldType.TEXT,
        "Which part of how many this message is, such as 2/3; only if one message could not hold"
            + " everything",
        "Lets the vendor put the parts together again",
        Sensitivity.TECHNICAL);
    add(
        "omitted",
        FieldType.COUNT,
        "entries",
        "How many entries were left out because one alone is larger than Segment takes; stands in"
            + " the first part, and only when there are any",
        "Tells the vendor that the message is incomplete",
        Sensitivity.TECHNICAL,
        Set.of());
  }

  private void health() {
    add(
        "health-unit-*-total",
        FieldType.COUNT,
        "nodes",
        "On how many nodes a component is present; the middle is the component's name with hyphens for"
            + " dots",
        "Relates the number of failures to the size of the cluster",
        Sensitivity.TECHNICAL,
        Set.of(FactNames.UNIT_TOTAL));
    add(
        "health-unit-*-unhealthy",
        FieldType.COUNT,
        "nodes",
        "On how many of these nodes the component itself fails",
        "Shows which components fail, and since which version",
        Sensitivity.TECHNICAL,
        Set.of(FactNames.UNIT_UNHEALTHY));
    figures(
        SegmentFormatter.HEALTH,
        "Relates the components' counts to the size of the cluster: a node that cannot be reached is not counted"
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

  private void web() {
    product("");
    add(
        "version",
        FieldType.TEXT,
        "The version of the product that runs here",
        "Shows which versions are used, not only installed",
        Sensitivity.TECHNICAL,
        FactNames.PRODUCT_VERSION);
    product("traits.");
    add(
        "traits.version",
        FieldType.TEXT,
        "The version of the product that runs here, at a login",
        "Shows which versions are used, not only installed",
        Sensitivity.TECHNICAL,
        FactNames.PRODUCT_VERSION);
    add(
        "traits.clusterId",
        FieldType.ID,
        "The cluster's id, the same as clusterId, at a login",
        "Tells which cluster somebody logged in to",
        Sensitivity.PSEUDONYMOUS,
        FactNames.CLUSTER_ID);
    add(
        "path",
        FieldType.TEXT,
        "Which page of a product's web interface was viewed, without the names and ids in its address"
            + " (/services/detail/[id]); /unknown for what the product has no page for",
        "Shows which pages are used",
        Sensitivity.TECHNICAL,
        FactNames.UI_PATH);
    for (String key : List.of("url", "title", "referrer")) {
      add(
          key,
          FieldType.TEXT,
          "Always empty: Segment would expect a page's " + key + " here, which can name things",
          "Keeps Segment from taking a " + key + " from elsewhere",
          Sensitivity.NONE);
    }
  }

  private void product(String prefix) {
    add(
        prefix + "appVersion",
        FieldType.TEXT,
        "The version of the product's web page in which something was done; empty when it does not"
            + " tell",
        "Shows which versions of a web page are used",
        Sensitivity.TECHNICAL,
        FactNames.UI_VERSION);
    add(
        prefix + "product",
        FieldType.TEXT,
        "Which product's web page it was, by the name that your configuration gives it",
        "Tells the web pages of several products apart",
        Sensitivity.TECHNICAL,
        FactNames.UI_PRODUCT);
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
