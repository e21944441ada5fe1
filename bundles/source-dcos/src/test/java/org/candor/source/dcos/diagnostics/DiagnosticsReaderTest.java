package org.candor.source.dcos.diagnostics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.candor.http.json.JsonFormatException;
import org.candor.source.dcos.diagnostics.DiagnosticsReport.NodeCount;
import org.candor.source.dcos.diagnostics.DiagnosticsReport.UnitCount;
import org.candor.source.dcos.json.JsonScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticsReaderTest {

  @Test
  void countsNodesAndThoseOnWhichTheUnitItselfFails() throws IOException {
    DiagnosticsReport report =
        read(
            "{'Units':{'a.service':{'UnitName':'a.service','Nodes':["
                + "{'Health':1,'Output':{'a.service':'','b.service':'bad'}},"
                + "{'Health':0,'Output':{'b.service':'','a.service':'bad'}},"
                + "{'Output':{'a.service':'bad'},'Health':1}],'Health':1}},"
                + "'Nodes':{'1':{'Health':0},'2':{'Health':3,'Output':null},'3':{'Health':1}}}");
    assertThat(report.units()).isEqualTo(Map.of("a.service", new UnitCount(3, 2)));
    assertThat(report.nodes()).contains(new NodeCount(3, 1));
  }

  @Test
  void theSampleOfTheDocumentIsReproducedKeyByKey() throws IOException {
    JsonObject sample = sample();
    Map<String, Integer> totals = new TreeMap<>();
    sample.keySet().stream()
        .filter(key -> key.matches("health-unit-.*-total"))
        .forEach(key -> totals.put(unitName(key), sample.get(key).getAsInt()));
    String units =
        totals.entrySet().stream()
            .map(unit -> unit(unit.getKey(), unit.getValue()))
            .collect(joining(","));

    Map<String, Long> read = new TreeMap<>();
    read("{'Units':{" + units + "}}")
        .units()
        .forEach(
            (unit, count) -> {
              String key = "health-unit-" + unit.replace('.', '-');
              read.put(key + "-total", count.total());
              read.put(key + "-unhealthy", count.unhealthy());
            });

    Map<String, Long> expected = new TreeMap<>();
    sample.keySet().stream()
        .filter(key -> key.startsWith("health-unit-"))
        .forEach(key -> expected.put(key, sample.get(key).getAsLong()));
    assertThat(expected).hasSizeGreaterThan(50);
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void aGeneratedReportIsCountedAsItWasGenerated() throws IOException {
    ReportGenerator generator = new ReportGenerator(450, 7);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    generator.writeTo(bytes);
    DiagnosticsReport report =
        DiagnosticsReader.read(new JsonScanner(new ByteArrayInputStream(bytes.toByteArray())));
    IntStream.range(0, 7)
        .forEach(
            unit ->
                assertThat(report.units())
                    .containsEntry(
                        generator.unit(unit), new UnitCount(450, generator.unhealthy(unit))));
    assertThat(generator.unhealthy(3)).isPositive();
    assertThat(report.nodes()).contains(new NodeCount(450, generator.unknown()));
  }

  @Test
  void aUnitWithoutNodesIsLeftOut() throws IOException {
    assertThat(read("{'Units':{'a':{'Nodes':[]},'b':{'Nodes':null},'c':{},'d':null}}").units())
        .isEmpty();
  }

  @Test
  void nullIsNothing() throws IOException {
    DiagnosticsReport report =
        read(
            "{'Units':{'a':{'Nodes':[null,{'Output':null},{'Output':{'a':null}}]}},"
                + "'Nodes':{'1':null,'2':{'Health':null}}}");
    assertThat(report.units()).isEqualTo(Map.of("a", new UnitCount(2, 0)));
    assertThat(report.nodes()).contains(new NodeCount(1, 0));
    assertThat(read("{'Units':null,'Nodes':null}"))
        .isEqualTo(new DiagnosticsReport(Map.of(), java.util.Optional.empty()));
  }

  @Test
  void aNameThatIsWrittenWithEscapesIsTheSameName() throws IOException {
    String escaped = "\\u0061\\/\\u00e4 \\ud83d\\ude00";
    String plain = "a/\u00e4 \ud83d\ude00";
    assertThat(
            read("{'\\u0055nits':{'"
                    + escaped
                    + "':{'N\\u006fdes':[{'Output':{'"
                    + plain
                    + "':'x'}},{'Output':{'"
                    + escaped
                    + "':'x'}}]}}}")
                .units())
        .isEqualTo(Map.of(plain, new UnitCount(2, 2)));
  }

  @Test
  void ofANameThatComesTwiceTheLastValueCounts() throws IOException {
    assertThat(
            read("{'Units':{'a':{'Nodes':[{}]},"
                    + "'a':{'Nodes':[{},{},{}],'Nodes':[{'Output':{'a':'x','a':''}},"
                    + "{'Output':{'a':'','a':'x'}},{'Output':{'a':'x'},'Output':{'a':''}}]}}}")
                .units())
        .isEqualTo(Map.of("a", new UnitCount(3, 1)));
  }

  @Test
  void whatIsUnknownIsSkipped() throws IOException {
    assertThat(
            read("{'New':[1,-2.5e+3,{'x':[true,false,null]}],'Units':{'a':{'New':{},'Nodes':["
                    + "{'New':[[]],'Output':{'b':[{}],'a':'x'}}]}}} \n")
                .units())
        .isEqualTo(Map.of("a", new UnitCount(1, 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{'Nodes':{}}",
        "[]",
        "{'Units':[]}",
        "{'Units':{'a':[]}}",
        "{'Units':{'a':{'Nodes':{}}}}",
        "{'Units':{'a':{'Nodes':['x']}}}",
        "{'Units':{'a':{'Nodes':[{'Output':''}]}}}",
        "{'Units':{'a':{'Nodes':[{'Output':{'a':1}}]}}}",
        "{'Units':{},'Nodes':{'1':{'Health':'3'}}}",
        "{'Units':{}} x",
        "{'Units':{'a':{'Nodes':[{}",
      })
  void whatIsNoReportIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonFormatException.class);
  }

  @Test
  void unitsWithoutEndAreRefused() {
    String units =
        IntStream.rangeClosed(0, DiagnosticsReader.UNIT_LIMIT)
            .mapToObj(unit -> "'" + unit + "':{}")
            .collect(joining(","));
    assertThatThrownBy(() -> read("{'Units':{" + units + "}}"))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageContaining("more than 10000 units");
  }

  private static DiagnosticsReport read(String json) throws IOException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner(new ByteArrayInputStream(bytes));
    DiagnosticsReport report = DiagnosticsReader.read(scanner);
    scanner.end();
    return report;
  }

  private static JsonObject sample() throws IOException {
    try (var in = DiagnosticsReaderTest.class.getResourceAsStream("health-sample.json")) {
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  private static String unitName(String key) {
    return key.replaceAll("health-unit-(.*)-(service|timer)-total", "$1.$2");
  }

  private static String unit(String name, int nodes) {
    String node = "{'Health':1,'Output':{'other':'bad','" + name + "':''}}";
    return "'"
        + name
        + "':{'Nodes':["
        + IntStream.range(0, nodes).mapToObj(i -> node).collect(joining(","))
        + "]}";
  }
}
