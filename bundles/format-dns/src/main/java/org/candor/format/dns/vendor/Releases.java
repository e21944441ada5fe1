package org.candor.format.dns.vendor;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.candor.format.dns.answer.Urgency;

/**
 * What the vendor says of its releases.
 *
 * @param product whose
 * @param newest the newest release; begins with a number
 * @param url where to read on; empty when there is nothing to read
 * @param validFor how long answers may be believed
 * @param releases what to say about which version, in the order of the file
 */
public record Releases(
    String product, String newest, String url, Duration validFor, Map<String, Urgency> releases) {

  public Releases {
    releases = Collections.unmodifiableMap(new LinkedHashMap<>(releases));
  }
}
