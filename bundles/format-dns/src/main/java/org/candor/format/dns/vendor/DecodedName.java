package org.candor.format.dns.vendor;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.candor.api.text.PlainText;
import org.candor.format.dns.QueryName;

/** A query name read back, for people and for scripts. */
public final class DecodedName {

  private final QueryName name;

  private DecodedName(QueryName name) {
    this.name = name;
  }

  /**
   * Reads a name.
   *
   * @param text the name, or a line of a server's log
   */
  public static DecodedName of(String text) throws VendorException {
    return new DecodedName(
        QueryName.decode(text)
            .orElseThrow(
                () ->
                    new VendorException(
                        "There is no query name in "
                            + PlainText.excerpt(text)
                            + "; one ends with .v1 and the zone.")));
  }

  /** A line for each part that is there. */
  public String lines() {
    if (name.equals(QueryName.ANY)) {
      return "The question that is the same for all installations (identity = none).";
    }
    return "Cluster id:              "
        + name.clusterId()
        + "\nNode id:                 "
        + name.nodeId()
        + "\nVersion:                 "
        + part(name.version())
        + "\nKubernetes version:      "
        + part(name.kubernetesVersion())
        + "\nKubernetes distribution: "
        + part(name.kubernetesDistro());
  }

  // A name is a stranger's: what a terminal would obey is not shown.
  private static String part(String text) {
    return text.isEmpty() ? "-" : PlainText.excerpt(text);
  }

  /** One JSON document in ASCII; null for what is not there. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      member(json, "clusterId", name.clusterId());
      member(json, "nodeId", name.nodeId());
      member(json, "version", name.version());
      member(json, "kubernetesVersion", name.kubernetesVersion());
      member(json, "kubernetesDistro", name.kubernetesDistro());
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes every character", e);
    }
    return ascii(text.toString());
  }

  private static void member(JsonWriter json, String key, String value) throws IOException {
    json.name(key).value(value.isEmpty() ? null : value);
  }

  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (char character : json.toCharArray()) {
      if (character < 0x7f) {
        ascii.append(character);
      } else {
        ascii.append(String.format("\\u%04x", (int) character));
      }
    }
    return ascii.toString();
  }
}
