package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.candor.http.testing.SocketServer;
import org.candor.http.testing.Visit;
import org.candor.itest.harness.Eventually;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.SegmentServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cluster specification's word, from an API server that comes and goes. */
class KubernetesIT {

  @RegisterExtension static final Karaf KARAF = Karaf.own("kubernetes");

  private static final String NO = "{\"disableTelemetry\":true,\"k8sDistro\":\"openshift\"}";
  private static final String YES = "{\"disableTelemetry\":false,\"k8sDistro\":\"openshift\"}";

  /** Two seconds as promised, and what two busy cores add. */
  private static final Duration OBEYED = Duration.ofSeconds(3);

  /** A file that Karaf has to notice, or a server that is asked again after a pause. */
  private static final Duration LATER = Duration.ofSeconds(65);

  private final KarafInstance karaf = KARAF.get();
  private SegmentServer segment;
  private SocketServer api;
  private String spec = "{}";
  private int version = 1;
  private boolean down;

  @BeforeEach
  void open() throws Exception {
    segment = new SegmentServer();
    api = SocketServer.http(this::answer);
    karaf.etc().set("org.candor.consent", "grace", "0");
    karaf.etc().set("org.candor.sink.segment", "writeKey", "a-key");
    karaf.etc().set("org.candor.sink.segment", "endpoint", segment.url());
    karaf.etc().set("org.candor.channel-segment", "interval", "30d");
    karaf
        .etc()
        .write(
            "org.candor.source.kubernetes",
            "apiUrl = %s\nspecName = example\nnamespace = storageos\n".formatted(api.uri("")));
  }

  @AfterEach
  void close() throws Exception {
    karaf.kill();
    api.close();
    change(spec, true);
    segment.close();
  }

  @Test
  void itsNoIsObeyedAndKeptUntilItOrTheOwnerSaysOtherwise() throws Exception {
    karaf.boot();
    karaf.run("feature:install candor-kubernetes");
    await("the specification to be read", LATER, () -> word().equals("silent"));

    segment.answers(503, "", "busy");
    assertThat(karaf.command("telemetry:send segment").exit()).isEqualTo(1);
    assertThat(SharedSegment.queued(karaf.channel())).isEqualTo(1);
    long begin = System.nanoTime();
    change(NO, false);
    await("nothing queued", OBEYED, () -> SharedSegment.queued(karaf.channel()) == 0);
    System.out.println(
        "A cluster specification's no obeyed, with the looking, after "
            + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)
            + " ms");
    assertForbidden("spec.disableTelemetry = true in StorageOSCluster storageos/example");
    for (String purpose : new String[] {"errors", "version-check"}) {
      assertThat(explain(purpose).get("decidedBy").getAsString()).isEqualTo("cluster-spec");
    }
    assertThat(karaf.run("telemetry:preview dns").exit()).isZero();

    change(NO, true);
    await(
        "the trouble to be told", LATER, () -> explain("usage").toString().contains("out of date"));
    karaf.stop();
    karaf.boot();
    await(
        "the memory to count",
        LATER,
        () -> explain("usage").toString().contains("cannot be read since"));
    assertForbidden("last it said: spec.disableTelemetry = true");

    change(YES, false);
    await("the new word", LATER, () -> explain("usage").get("allowed").getAsBoolean());
    assertThat(explain("usage").get("decidedBy").getAsString()).isEqualTo("cluster-spec");
    segment.takes();
    karaf.run("telemetry:send segment");
    assertThat(segment.taken()).isNotEmpty();

    whatOneResourceAllowsCountsForNoOther();

    change(NO, false);
    await("the no", OBEYED, () -> !explain("usage").get("allowed").getAsBoolean());
    karaf.run("feature:uninstall candor-kubernetes");
    assertForbidden("it is not installed now");
    assertThat(karaf.run("threads --list").out()).doesNotContain("candor-kubernetes");
    karaf.run("telemetry:enable usage");
    assertThat(explain("usage").get("allowed").getAsBoolean()).isTrue();
    assertThat(explain("errors").get("allowed").getAsBoolean()).isFalse();
  }

  /** With a resource that allows: a mistyped name, and another cluster that is down. */
  private void whatOneResourceAllowsCountsForNoOther() throws Exception {
    String file = "org.candor.source.kubernetes";
    karaf.etc().set(file, "specName", "exampel");
    await(
        "no grant for another name", LATER, () -> !explain("usage").get("allowed").getAsBoolean());
    assertForbidden("there is no StorageOSCluster exampel");
    karaf.etc().set(file, "specName", "example");
    await("the old name's grant", LATER, () -> explain("usage").get("allowed").getAsBoolean());
    karaf.etc().set(file, "apiUrl", "http://127.0.0.1:" + KarafInstance.freePort());
    await(
        "no grant for another cluster",
        LATER,
        () -> !explain("usage").get("allowed").getAsBoolean());
    assertForbidden("cannot be read since");
    karaf.etc().set(file, "apiUrl", api.uri("").toString());
    await("the old cluster's grant", LATER, () -> explain("usage").get("allowed").getAsBoolean());
  }

  private void assertForbidden(String why) throws Exception {
    JsonObject explanation = explain("usage");
    assertThat(explanation.get("allowed").getAsBoolean()).isFalse();
    assertThat(explanation.get("decidedBy").getAsString()).isEqualTo("cluster-spec");
    assertThat(explanation.getAsJsonArray("layers").toString()).contains(why);
    assertThat(SharedSegment.state(karaf.channel())).isEqualTo("off");
  }

  private String word() throws Exception {
    for (var layer : explain("usage").getAsJsonArray("layers")) {
      if (layer.getAsJsonObject().get("layer").getAsString().equals("cluster-spec")) {
        return layer.getAsJsonObject().get("verdict").getAsString();
      }
    }
    return "";
  }

  private JsonObject explain(String purpose) throws Exception {
    return karaf.run("telemetry:explain --json " + purpose).object();
  }

  private static void await(String what, Duration atMost, Callable<Boolean> look) throws Exception {
    Eventually.await(what, atMost, look, seen -> seen);
  }

  private synchronized void change(String now, boolean gone) {
    spec = now;
    down = gone;
    version++;
    notifyAll();
  }

  private void answer(Visit visit) throws Exception {
    String target = visit.read().line().split(" ")[1];
    synchronized (this) {
      if (down) {
        visit.reset();
      } else if (target.startsWith("/version")) {
        visit.answer(200, "", "{\"gitVersion\":\"v1.31.2\"}");
      } else if (!target.startsWith("/apis/storageos.com/v1/namespaces/storageos/storageosclus")) {
        visit.answer(404, "", "{}");
      } else if (target.contains("watch=true")) {
        watch(visit, Integer.parseInt(target.replaceAll(".*resourceVersion=(\\d+).*", "$1")));
      } else {
        visit.answer(
            200,
            "",
            "{\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
                .formatted(version, resource()));
      }
    }
  }

  private void watch(Visit visit, int from) throws Exception {
    visit.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    int told = from;
    while (!down) {
      if (version > told) {
        told = version;
        String line = "{\"type\":\"MODIFIED\",\"object\":" + resource() + "}\n";
        int length = line.getBytes(StandardCharsets.UTF_8).length;
        visit.write(Integer.toHexString(length) + "\r\n" + line + "\r\n");
      }
      wait();
    }
    visit.reset();
  }

  private String resource() {
    return """
        {"metadata":{"name":"example","namespace":"storageos","resourceVersion":"%d"},"spec":%s}"""
        .formatted(version, spec);
  }
}
