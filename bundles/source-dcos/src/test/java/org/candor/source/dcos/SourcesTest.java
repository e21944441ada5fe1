package org.candor.source.dcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.candor.api.Deadline;
import org.candor.api.fact.Fact;
import org.candor.api.fact.Value;
import org.candor.api.source.FailureReason;
import org.candor.api.source.HealthSource;
import org.candor.api.source.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

  private static final JdkTransport TRANSPORT = new JdkTransport();

  @Test
  void healthIsReadFromTheDiagnosticsReport() throws Exception {
    try (LoopbackServer server =
        LoopbackServer.of(
            "{\"Units\":{\"a\":{\"Nodes\":[{\"Output\":{\"a\":\"x\"}},{}]}},"
                + "\"Nodes\":{\"1\":{\"Health\":3}}}")) {
      assertThat(observe(new DiagnosticsSource(new DcosClient(TRANSPORT), server.url() + "/")))
          .containsExactly(
              count("unit.total", "a", 2),
              count("unit.unhealthy", "a", 1),
              count("nodes.total", "", 1),
              count("nodes.unknown", "", 1));
      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("GET /system/health/v1/report HTTP/1.1\n");
    }
  }

  @Test
  void aReportWithoutNodesSaysNothingAboutNodes() throws Exception {
    try (LoopbackServer server = LoopbackServer.of("{\"Units\":null}")) {
      assertThat(observe(new DiagnosticsSource(new DcosClient(TRANSPORT), server.url()))).isEmpty();
    }
  }

  @Test
  void packagesAreReadFromCosmos() throws Exception {
    try (LoopbackServer server =
        LoopbackServer.of(
            "{\"packages\":[{\"appId\":\"/lb\",\"packageInformation\":{\"metadata\":{},"
                + "\"packageDefinition\":{\"name\":\"marathon-lb\",\"version\":\"1.4\",\"x\":1}}},"
                + "null,{\"packageInformation\":null},{\"appId\":\"/lb\"}]}")) {
      assertThat(observe(new PackagesSource(new DcosClient(TRANSPORT), server.url())))
          .containsExactly(
              count("package.count", "", 3),
              text("package.name", "/lb", "marathon-lb"),
              text("package.version", "/lb", "1.4"),
              text("package.name", "#2", ""),
              text("package.version", "#2", ""),
              text("package.name", "/lb#3", ""),
              text("package.version", "/lb#3", ""));
      assertThat(server.requests().get(0))
          .startsWith("POST /package/list HTTP/1.1\n")
          .contains(
              "Content-Type: application/vnd.dcos.package.list-request+json;charset=utf-8;"
                  + "version=v1\n",
              "Accept: application/vnd.dcos.package.list-response+json;charset=utf-8;version=v1\n")
          .endsWith("\n{}");
    }
  }

  @Test
  void noPackagesAreAFact() throws Exception {
    try (LoopbackServer server = LoopbackServer.of("{\"packages\":[]}")) {
      assertThat(observe(new PackagesSource(new DcosClient(TRANSPORT), server.url())))
          .containsExactly(count("package.count", "", 0));
    }
  }

  @Test
  void frameworksAndFiguresAreReadFromMesos() throws Exception {
    String frameworks =
        "{\"completed_frameworks\":[{\"id\":\"0\",\"name\":\"gone\"}],\"frameworks\":["
            + "{\"name\":\"marathon\",\"id\":\"1-0\",\"tasks\":[{}]},{\"name\":\"jenkins\"}]}";
    String metrics =
        "{\"master/cpus_total\":8.5,\"master/tasks_running\":3.0,\"master/x\":\"\","
            + "\"master/slaves_active\":2,\"master/mem_used\":0}";
    try (LoopbackServer server =
        new LoopbackServer(
            (request, out) ->
                LoopbackServer.ok(
                    out, request.startsWith("GET /frameworks ") ? frameworks : metrics))) {
      assertThat(observe(new MesosSource(new DcosClient(TRANSPORT), server.url())))
          .containsExactly(
              text("framework.name", "1-0", "marathon"),
              text("framework.name", "#2", "jenkins"),
              count("mesos.agents-active", "", 2),
              new Fact("mesos.cpu-total", "", new Value.Measure(8.5)),
              new Fact("mesos.mem-used", "", new Value.Measure(0)),
              count("mesos.task-count", "", 3));
      assertThat(server.requests()).last().asString().startsWith("GET /metrics/snapshot HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"frameworks\":{}}",
        "{\"frameworks\":[{\"name\":1}]}",
        "{\"packages\":[1]}",
        "{\"packages\":[{\"packageInformation\":\"\"}]}",
        "{\"master/cpus_total\":\"8\"}"
      })
  void whatHasTheWrongShapeIsRefused(String body) throws Exception {
    try (LoopbackServer server = LoopbackServer.of(body)) {
      assertMalformed(new PackagesSource(new DcosClient(TRANSPORT), server.url()));
      assertMalformed(new MesosSource(new DcosClient(TRANSPORT), server.url()));
    }
  }

  @Test
  void anAgentsFiguresAreNotAMasters() throws Exception {
    try (LoopbackServer server =
        LoopbackServer.of("{\"frameworks\":[],\"slave/cpus_total\":4.0}")) {
      assertMalformed(new MesosSource(new DcosClient(TRANSPORT), server.url()));
    }
  }

  @Test
  void withoutAUrlThereIsAdvice() throws Exception {
    Deadline deadline = Deadline.after(Duration.ofSeconds(5), Clock.systemUTC());
    assertThat(
            List.of(
                new DiagnosticsSource(new DcosClient(TRANSPORT), "")
                    .observe(deadline)
                    .advice()
                    .orElseThrow(),
                new PackagesSource(new DcosClient(TRANSPORT), "")
                    .observe(deadline)
                    .advice()
                    .orElseThrow(),
                new MesosSource(new DcosClient(TRANSPORT), "nonsense")
                    .observe(deadline)
                    .advice()
                    .orElseThrow()))
        .containsExactly(
            "Set diagnosticsUrl in etc/org.candor.source.dcos.cfg.",
            "Set cosmosUrl in etc/org.candor.source.dcos.cfg.",
            "Set mesosUrl in etc/org.candor.source.dcos.cfg.");
  }

  private static void assertMalformed(HealthSource source) {
    assertThatThrownBy(() -> observe(source))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.reason()).isEqualTo(FailureReason.MALFORMED));
  }

  private static List<Fact> observe(HealthSource source) throws Exception {
    return source.observe(Deadline.after(Duration.ofSeconds(5), Clock.systemUTC())).facts();
  }

  private static Fact count(String name, String subject, long count) {
    return new Fact(name, subject, new Value.Count(count));
  }

  private static Fact text(String name, String subject, String text) {
    return new Fact(name, subject, new Value.Text(text));
  }
}
