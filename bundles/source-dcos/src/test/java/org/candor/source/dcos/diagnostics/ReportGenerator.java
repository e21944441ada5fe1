package org.candor.source.dcos.diagnostics;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a report as dcos-diagnostics does for a cluster of any size, without holding it: each
 * node's whole output under each of its units, then all nodes.
 *
 * <p>A twentieth of the nodes has one failing unit, and half of these cannot be reached either.
 */
public final class ReportGenerator {

  /** Units on each node, with which the sizes are those of real clusters: 11 MB for 225 nodes. */
  public static final int UNITS = 36;

  private static final int FAILING = 20;

  private final int nodes;
  private final int units;
  private final byte[][] outputs;
  private final byte[] unitsOfNode;

  public ReportGenerator(int nodes, int units) {
    this.nodes = nodes;
    this.units = units;
    this.outputs = new byte[units + 1][];
    for (int failing = 0; failing <= units; failing++) {
      outputs[failing] = bytes(output(failing));
    }
    this.unitsOfNode = bytes(unitsOfNode());
  }

  public String unit(int unit) {
    return "dcos-component-" + unit + (unit % 4 == 0 ? ".timer" : ".service");
  }

  /** Nodes on which the unit fails. */
  public long unhealthy(int unit) {
    long count = 0;
    for (int node = 0; node < nodes; node++) {
      if (failingUnit(node) == unit) {
        count++;
      }
    }
    return count;
  }

  /** Nodes whose health is unknown. */
  public long unknown() {
    long count = 0;
    for (int node = 0; node < nodes; node++) {
      if (health(node) == 3) {
        count++;
      }
    }
    return count;
  }

  public void writeTo(OutputStream stream) throws IOException {
    OutputStream out = new BufferedOutputStream(stream, 1 << 16);
    out.write(bytes("{\"Units\":{"));
    for (int unit = 0; unit < units; unit++) {
      writeUnit(out, unit);
    }
    out.write(bytes("},\"Nodes\":{"));
    for (int node = 0; node < nodes; node++) {
      out.write(bytes((node == 0 ? "" : ",") + "\"" + ip(node) + "\":"));
      writeNode(out, node, unitsOfNode);
    }
    out.write(bytes("},\"UpdatedTime\":\"2026-11-21T18:59:09.178136212Z\"}"));
    out.flush();
  }

  private void writeUnit(OutputStream out, int unit) throws IOException {
    String name = unit(unit);
    out.write(
        bytes(
            (unit == 0 ? "" : ",")
                + "\""
                + name
                + "\":{\"UnitName\":\""
                + name
                + "\",\"Nodes\":["));
    for (int node = 0; node < nodes; node++) {
      if (node > 0) {
        out.write(',');
      }
      writeNode(out, node, new byte[0]);
    }
    out.write(
        bytes(
            "],\"Health\":0,\"Title\":\"Component "
                + unit
                + " of the cluster\",\"Timestamp\":\"2026-11-21T18:59:09.178136212Z\","
                + "\"PrettyName\":\"Component "
                + unit
                + "\"}"));
  }

  private void writeNode(OutputStream out, int node, byte[] more) throws IOException {
    out.write(
        bytes(
            "{\"Leader\":false,\"Role\":\"agent\",\"IP\":\""
                + ip(node)
                + "\",\"Host\":\"ip-"
                + ip(node).replace('.', '-')
                + ".us-west-2.compute.internal\",\"Health\":"
                + health(node)
                + ",\"Output\":"));
    out.write(outputs[failingUnit(node)]);
    out.write(more);
    out.write(bytes(",\"MesosID\":\"3ae2d9f1-4ae3-4dd6-a4f5-9d7a1c0b2e33-S" + node + "\"}"));
  }

  private String output(int failing) {
    StringBuilder output = new StringBuilder("{");
    for (int unit = 0; unit < units; unit++) {
      output.append(unit == 0 ? "\"" : ",\"").append(unit(unit)).append("\":\"");
      if (unit == failing) {
        output.append(
            "Nov 21 18:58:59 systemd[1]: Started.\\nNov 21 18:59:01 \\u003cerror\\u003e \\\"exit"
                + " status 1\\\" \u25cf failed");
      }
      output.append('"');
    }
    return output.append('}').toString();
  }

  private String unitsOfNode() {
    return IntStream.range(0, units)
        .mapToObj(
            unit ->
                "{\"UnitName\":\""
                    + unit(unit)
                    + "\",\"Nodes\":null,\"Health\":0,\"Title\":\"Component "
                    + unit
                    + "\",\"Timestamp\":\"0001-01-01T00:00:00Z\",\"PrettyName\":\"\"}")
        .collect(Collectors.joining(",", ",\"Units\":[", "]"));
  }

  private int failingUnit(int node) {
    return node % FAILING == 3 ? (node / FAILING) % units : units;
  }

  private static int health(int node) {
    if (node % FAILING != 3) {
      return 0;
    }
    return node % (2 * FAILING) == 3 ? 3 : 1;
  }

  private static String ip(int node) {
    return "10." + node / 65_536 + "." + node / 256 % 256 + "." + node % 256;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
