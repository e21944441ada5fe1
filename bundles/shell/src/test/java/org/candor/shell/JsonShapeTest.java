package org.candor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.candor.api.ChannelState;
import org.candor.api.sink.Outcome;
import org.candor.control.Announced;
import org.candor.control.Journal;
import org.candor.control.Matter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What scripts rely on, key by key. */
class JsonShapeTest {

  private final FakeControl control = new FakeControl(Instant.parse("2026-11-21T18:59:09Z"));
  private final Shell shell = new Shell(control);

  @AfterEach
  void close() {
    shell.close();
  }

  private void prints(String command, String document) {
    Shell.Result result = shell.run(command);
    assertThat(result.failure()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo(document + "\n");
  }

  @Test
  void status() {
    prints(
        "telemetry:status --json",
        """
        {"channels":[\
        {"name":"segment","purpose":"usage","report":"health","state":"unconfigured",\
        "decidedBy":"configuration","endpoint":"https://api.segment.io","queued":3,\
        "lost":{"expired":2},"lastDelivery":"2026-11-21T15:58:09Z",\
        "next":"2026-11-21T19:11:39Z","bytesSinceOff":0,\
        "advice":"Set writeKey in etc/org.candor.sink.segment.cfg.","queuedBytes":0,"shareBytes":0},\
        {"name":"sentry","purpose":"errors","report":"inventory","state":"off",\
        "decidedBy":"environment","endpoint":"","queued":0,"lost":{},"lastDelivery":null,\
        "next":null,"bytesSinceOff":0,"advice":"","queuedBytes":0,"shareBytes":0},\
        {"name":"dns","purpose":"version-check","report":"version-check","state":"grace",\
        "decidedBy":"default","endpoint":"v1.example.com","queued":0,"lost":{},\
        "lastDelivery":null,"next":"2026-11-21T19:09:39Z","bytesSinceOff":0,"advice":"","queuedBytes":0,"shareBytes":0}],\
        "sources":[\
        {"name":"dcos","state":"failing","observedAt":"2026-11-21T18:57:39Z","facts":0,\
        "took":"PT1.5S","error":"timed out"},\
        {"name":"karaf","state":"waiting","observedAt":null,"facts":0,"took":"PT0S","error":""}],\
        "cluster":{"role":"single"},"newFields":[],"announced":[],"problems":[\
        {"file":"etc/org.candor.channel-segment.cfg","key":"intervall","value":"1m",\
        "message":"unknown key, ignored; did you mean interval?"},\
        {"file":"etc/org.candor.sink.dsn.cfg","key":"","value":"",\
        "message":"unknown file, ignored."}]}""");
  }

  @Test
  void whatIsAnnounced() {
    control.announced =
        List.of(
            new Announced(
                "segment",
                Matter.DESTINATION,
                "https://relay.example",
                Optional.of(Instant.parse("2026-11-21T19:20:39Z"))));
    assertThat(shell.run("telemetry:status --json").out())
        .contains(
            """
            "announced":[{"channel":"segment","matter":"destination",\
            "what":"https://relay.example","withheldUntil":"2026-11-21T19:20:39Z"}]""");
  }

  @Test
  void anAnswer() {
    prints(
        "telemetry:disable usage --json",
        """
        {"purposes":[{"purpose":"usage","allowed":false,"decidedBy":"answers","layers":[\
        {"layer":"environment","verdict":"silent","why":"no variable is set","yields":false},\
        {"layer":"answers","verdict":"forbids","why":"by karaf in the shell","yields":false}]}],\
        "channels":{},"refused":[]}""");
  }

  @Test
  void sources() {
    prints(
        "telemetry:sources --json",
        """
        {"sources":[{"name":"dcos","state":"failing","observedAt":"2026-11-21T18:57:39Z",\
        "facts":0,"took":"PT1.5S","error":"timed out"},{"name":"karaf","state":"waiting",\
        "observedAt":null,"facts":0,"took":"PT0S","error":""}]}""");
  }

  @Test
  void crashes() {
    prints(
        "telemetry:crashes --json",
        """
        {"crashes":[{"id":"00000000000000000000000000000000","component":"dataplane",\
        "at":"2026-11-21T18:57:39Z","signal":{"number":11,"name":"SIGSEGV"},"exitCode":139,\
        "coreDumped":true,"message":"dataplane was killed by SIGSEGV","count":1,\
        "outcome":"delivered","calls":1},{"id":"11111111111111111111111111111111","component":"api",\
        "at":"2026-11-21T18:55:59Z","signal":null,"exitCode":3,"coreDumped":null,\
        "message":"api ended with status 3","count":997,"outcome":"withheld","calls":0}]}""");
    prints(
        "telemetry:crashes --json --stack",
        """
        {"crashes":[{"id":"00000000000000000000000000000000","component":"dataplane",\
        "at":"2026-11-21T18:57:39Z","signal":{"number":11,"name":"SIGSEGV"},"exitCode":139,\
        "coreDumped":true,"message":"dataplane was killed by SIGSEGV","count":1,\
        "outcome":"delivered","stack":["java.lang.IllegalStateException",\
        "at com.acme.Db.open(Db.java:12)"]},{"id":"11111111111111111111111111111111","component":"api",\
        "at":"2026-11-21T18:55:59Z","signal":null,"exitCode":3,"coreDumped":null,\
        "message":"api ended with status 3","count":997,"outcome":"withheld","stack":[]}]}""");
  }

  @Test
  void upgrade() {
    prints(
        "telemetry:upgrade --json",
        """
        {"running":"1.0.0","newest":"","severity":"unknown","url":"","from":"","signed":false,\
        "checkedAt":null}""");
  }

  @Test
  void explain() {
    prints(
        "telemetry:explain --json usage",
        """
        {"purpose":"usage","allowed":true,"decidedBy":"default","layers":[\
        {"layer":"environment","verdict":"silent","why":"no variable is set","yields":false},\
        {"layer":"answers","verdict":"silent","why":"by karaf in the shell","yields":false}]}""");
  }

  @Test
  void anOptionMayAlsoFollowTheArgument() {
    assertThat(shell.run("telemetry:explain usage --json"))
        .isEqualTo(shell.run("telemetry:explain --json usage"));
  }

  @Test
  void fields() {
    prints(
        "telemetry:fields segment --json",
        """
        {"fields":[{"name":"health-unit-*-total","channel":"segment","type":"count",\
        "unit":"nodes","meaning":"On how many nodes the unit is",\
        "why":"Shows which components are in use","sensitivity":"technical","since":"0.1.0",\
        "withheldUntil":null}]}""");
  }

  @Test
  void fieldsThatAreWithheld() {
    control.add("0.10.0");
    prints(
        "telemetry:fields segment --since 0.9 --json",
        """
        {"fields":[{"name":"later","channel":"segment","type":"text","unit":"",\
        "meaning":"What came later","why":"Shows what came later","sensitivity":"technical",\
        "since":"0.10.0","withheldUntil":"2026-11-21T19:09:09Z"}]}""");
  }

  @Test
  void preview() {
    prints(
        "telemetry:preview segment --json",
        """
        {"channel":"segment","payloads":[\
        {"id":"p-1","mediaType":"application/json","bytes":18,"encoding":"utf-8",\
        "body":"{\\"event\\":\\"hälth\\"}"},\
        {"id":"p-2","mediaType":"application/json","bytes":2,"encoding":"utf-8","body":"{}"}],\
        "gaps":[{"source":"dcos","reason":"timeout"}],"note":"The sink adds nothing."}""");
  }

  @Test
  void send() {
    control.results = List.of(control.result(ChannelState.ACTIVE, "", Outcome.DELIVERED));
    prints(
        "telemetry:send --json",
        """
        {"results":[{"channel":"segment","state":"active","deliveries":[\
        {"id":"p-1","at":"2026-11-21T18:59:09Z","bytes":17,"outcome":"delivered",\
        "answer":"200 OK"}],"note":""}]}""");
  }

  @Test
  void sent() {
    prints(
        "telemetry:sent --json --count 1",
        """
        {"entries":[{"kind":"attempt","id":"p-1","at":"2026-11-21T18:59:09Z","channel":"segment",\
        "purpose":"usage","allowedBy":"configuration","bytes":17,\
        "digest":"%s","endpoint":"https://api.segment.io","outcome":"delivered",\
        "answer":"200 OK\\u001b[31m","previous":"ab"}],\
        "matching":2,"total":2}"""
            .formatted(FakeControl.FIRST.body().sha256()));
  }

  @Test
  void sentOfAllKinds() {
    control.changes.add(control.denial());
    control.changes.add(control.grantOfAChannel());
    assertThat(shell.run("telemetry:sent --json").out()).doesNotContain("\"consent\"");
    prints(
        "telemetry:sent --json --all --count 2",
        """
        {"entries":[{"kind":"consent","id":"d-1","at":"2026-11-21T18:59:09Z",\
        "purpose":"usage","channel":null,"from":"unset","to":"denial","way":"shell",\
        "by":"karaf","address":"127.0.0.1","previous":"cd"},\
        {"kind":"consent","id":"g-1","at":"2026-11-21T18:59:09Z",\
        "purpose":null,"channel":"sentry-crash","from":"denial","to":"grant","way":"http",\
        "by":"","address":"","previous":"cd"}],"matching":4,"total":4}""");
    assertThat(shell.run("telemetry:sent --json --all --count 3").out())
        .startsWith("{\"entries\":[{\"kind\":\"attempt\",\"id\":\"p-1\",");
  }

  @Test
  void consentHistory() {
    control.changes.add(control.denial());
    prints(
        "telemetry:consent --history --json",
        """
        {"changes":[{"id":"d-1","at":"2026-11-21T18:59:09Z","purpose":"usage","channel":null,\
        "from":"unset","to":"denial","way":"shell","by":"karaf","address":"127.0.0.1"}]}""");
  }

  @Test
  void consent() {
    assertThat(shell.run("telemetry:consent --json").out())
        .startsWith("{\"purposes\":[{\"purpose\":\"usage\",\"allowed\":true,")
        .endsWith("}],\"changes\":[]}\n");
  }

  @Test
  void payload() {
    prints(
        "telemetry:sent --json --payload p-1",
        """
        {"id":"p-1","bytes":18,"encoding":"utf-8","body":"{\\"event\\":\\"hälth\\"}"}""");
  }

  @Test
  void verification() {
    prints(
        "telemetry:sent --verify --json",
        """
        {"entries":2,"intact":true,"firstBroken":null,"head":{"number":2,"digest":"cd"},\
        "dropped":0,"since":null}""");
    prints(
        "telemetry:sent --verify --json --since 2-" + "a".repeat(64),
        """
        {"entries":2,"intact":true,"firstBroken":null,"head":{"number":2,"digest":"cd"},\
        "dropped":0,"since":"continues"}""");
    Shell.Result differs = shell.run("telemetry:sent --verify --json --since " + "b".repeat(64));
    assertThat(differs.out()).contains("\"since\":\"differs\"");
    assertThat(differs.exit()).isEqualTo(1);
  }

  @Test
  void proof() {
    prints(
        "telemetry:sent --json --proof p-1",
        """
        {"id":"p-1","number":1,"head":{"number":2,"digest":"cd"},"path":["ef","01"],\
        "entry":"{\\"number\\":1}","proof":"{\\"kind\\":\\"proof\\",\\"number\\":1,\\"size\\":2,\
        \\"root\\":\\"cd\\",\\"path\\":[\\"ef\\",\\"01\\"]}"}""");
  }

  @Test
  void forget() {
    prints(
        "telemetry:forget --json --force",
        """
        {"ids":[{"name":"clusterId","value":"c-1"},{"name":"nodeId","value":"n-1"}],\
        "sentTo":[{"channel":"segment","endpoint":"https://api.segment.io"}],\
        "kept":[{"name":"customerKey","value":"k-1"}],"retired":["clusterId"],\
        "newIds":"/k/etc/org.candor.identity.ids"}""");
    prints(
        "telemetry:forget --prepare-image --json --force",
        """
        {"ids":[{"name":"clusterId","value":"c-1"},{"name":"nodeId","value":"n-1"}],\
        "sentTo":[{"channel":"segment","endpoint":"https://api.segment.io"}],\
        "kept":[{"name":"customerKey","value":"k-1"}],"retired":[],"newIds":null}""");
  }

  @Test
  void aBrokenJournalIsADocumentAndAFailure() {
    control.verification =
        new Journal.Verification(
            2, false, Optional.of("p-1"), FakeControl.HEAD, 0, Optional.empty());
    Shell.Result result = shell.run("telemetry:sent --verify --json");
    assertThat(result.out()).startsWith("{\"entries\":2,\"intact\":false,\"firstBroken\":\"p-1\",");
    assertThat(result.exit()).isEqualTo(1);
  }
}
