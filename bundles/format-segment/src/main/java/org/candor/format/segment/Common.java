package org.candor.format.segment;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.candor.api.fact.FactNames;
import org.candor.api.report.Gap;
import org.candor.api.report.Report;

/**
 * What every message of a report says.
 *
 * @param at when the facts were observed
 * @param clusterId without the line break that DC/OS's bootstrap leaves behind it
 * @param customerKey empty when there is none
 * @param properties values in JSON by their keys
 * @param omitted how many values were too large to say
 */
record Common(
    Instant at,
    String clusterId,
    String customerKey,
    SortedMap<String, String> properties,
    int omitted) {

  /** Bounds that leave most of a message to what the report is about. */
  static final int TEXT_LIMIT = 1024;

  static final int PARTIAL_LIMIT = 4096;

  private static final int SCHEMA_VERSION = 1;

  Common {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  static Common of(Report report, Notices notices) {
    return new Builder(report, notices).build();
  }

  private static final class Builder {

    private final Report report;
    private final Notices notices;
    private final SortedMap<String, String> properties = new TreeMap<>();
    private int omitted;

    private Builder(Report report, Notices notices) {
      this.report = report;
      this.notices = notices;
    }

    private Common build() {
      String clusterId = text("clusterId", report.text(FactNames.CLUSTER_ID).strip());
      String customerKey = text("customerKey", report.text(FactNames.CUSTOMER_KEY));
      text("environmentVersion", report.text(FactNames.PRODUCT_VERSION));
      text("licenseId", report.text(FactNames.LICENSE_ID));
      text("platform", report.text(FactNames.PLATFORM));
      text("provider", report.text(FactNames.PROVIDER));
      text("source", "cluster");
      text("variant", report.text(FactNames.PRODUCT_VARIANT));
      properties.put("schemaVersion", Integer.toString(SCHEMA_VERSION));
      if (!report.gaps().isEmpty()) {
        properties.put("partial", JsonEncoder.text(gaps()));
      }
      return new Common(report.at(), clusterId, customerKey, properties, omitted);
    }

    private String text(String key, String text) {
      String json = JsonEncoder.text(text);
      if (JsonEncoder.size(json) > TEXT_LIMIT) {
        omitted++;
        notices.tooLarge("the value of " + key, text);
        return text(key, "");
      }
      properties.put(key, json);
      return text;
    }

    private String gaps() {
      StringJoiner partial = new StringJoiner(", ");
      int left = PARTIAL_LIMIT;
      for (Gap gap : report.gaps()) {
        String text = gap.source() + ": " + gap.reason().label();
        left -= JsonEncoder.size(JsonEncoder.text(text));
        if (left < 0) {
          left += JsonEncoder.size(JsonEncoder.text(text));
          omitted++;
          notices.tooLarge("the gap of source", gap.source());
        } else {
          partial.add(text);
        }
      }
      return partial.toString();
    }
  }
}
