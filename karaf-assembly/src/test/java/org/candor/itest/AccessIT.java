package org.candor.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.candor.itest.harness.Answer;
import org.candor.itest.harness.Karaf;
import org.candor.itest.harness.KarafInstance;
import org.candor.itest.harness.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who may only look gets at: neither files nor secrets, by the shell and by JMX. */
class AccessIT {

  /** As the harness configures it. */
  private static final String SECRET = "key-of-the-tests";

  private static final String USERS = "admingroup";
  private static final String[] OF_ONE_TEXT = {String.class.getName()};

  @RegisterExtension static final Karaf KARAF = Karaf.shared();

  private final KarafInstance karaf = KARAF.get();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "telemetry:status > etc/org.candor.consent.cfg",
        "echo usage = true > etc/org.candor.consent.cfg",
        "echo usage = true >> etc/org.candor.consent.cfg",
        "echo usage = true | tac -f etc/org.candor.consent.cfg",
        "if { true } { echo usage = true > etc/org.candor.consent.cfg }",
        "cat etc/users.properties",
        "shell:cat etc/users.properties",
        "each [1] { cat etc/users.properties }",
        "try { cat etc/users.properties } { throw no }",
        "mine = { cat etc/users.properties } ; mine",
        "tac < etc/users.properties",
        "grep karaf < etc/users.properties",
        "grep karaf etc/users.properties",
        "grep -i karaf etc/users.properties",
        "head etc/users.properties",
        "head -n 5 etc/users.properties",
        "tail etc/users.properties",
        "less etc/users.properties",
        "more etc/users.properties",
        "sort etc/users.properties",
        "wc etc/users.properties",
        "nano etc/users.properties",
        "edit etc/users.properties",
        "shell:source etc/users.properties",
        "shell:exec cat etc/users.properties",
        "shell:java org.candor.Nothing",
        "shell:new java.io.File etc",
        "($.context getBundle 0)",
        "(($.reader class) classLoader)",
        "config:list",
        "config:list \"(service.pid=org.candor.sink.segment)\"",
        "cl org.candor.sink.segment",
        "config:property-list --pid org.candor.sink.segment",
        "config:property-get --pid org.candor.sink.segment writeKey",
        "config:property-set --pid org.candor.consent usage true",
        "config:edit org.candor.consent",
        "config:delete org.candor.consent",
        "service:list",
        "service:list org.candor.api.sink.TransportSink",
        "bundle:services -p org.candor.sink.segment",
        "scr:info org.candor.sink.segment.SegmentSink",
        "scr:components",
        "dev:dump-create",
        "system:property",
        "log:set DEBUG",
        "jaas:realm-list",
        "instance:create another",
        "feature:repo-add mvn:org.example/none/1/xml/features",
        "bundle:install file:none",
        "bundle:stop org.candor.core",
        "telemetry:disable usage",
        "telemetry:forget --yes"
      })
  void aViewerGetsAtNoFileNoSecretAndNoProgram(String line) throws Exception {
    String before = karaf.etc().text("org.candor.consent");
    List<Path> there = files();
    Answer answer = karaf.command("onlooker", line);
    assertThat(answer.exit()).as(answer.toString()).isNotZero();
    assertThat(answer.toString()).doesNotContain(SECRET, USERS);
    assertThat(karaf.etc().text("org.candor.consent")).isEqualTo(before);
    assertThat(files()).isEqualTo(there);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(karaf.base())) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "telemetry:status",
        "telemetry:status --json | grep channels",
        "telemetry:status | grep -i segment",
        "telemetry:sources | head -n 3",
        "telemetry:status | wc -l",
        "bundle:list",
        "feature:list | grep candor",
        "log:display -n 2",
        "system:version",
        "shell:info",
        "package:exports",
        "jaas:whoami",
        "date"
      })
  void aViewerStillSeesHowTheSystemIs(String line) throws Exception {
    Answer answer = karaf.command("onlooker", line);
    assertThat(answer.exit()).as(answer.toString()).isZero();
    assertThat(answer.out()).isNotBlank().doesNotContain(SECRET, USERS);
  }

  @Test
  void aViewersSessionBeginsAsAnybodys() throws Exception {
    try (Terminal terminal = karaf.terminal("onlooker")) {
      terminal.awaitText("onlooker");
      terminal.type("telemetry:status\n");
      terminal.awaitText("sentry-crash");
      assertThat(terminal.logout()).doesNotContain("not found", "Insufficient", "Error in");
    }
  }

  @Test
  void anAdministratorIsAsFreeAsBefore() throws Exception {
    assertThat(karaf.run("cat etc/users.properties").out()).contains(USERS);
    assertThat(karaf.run("config:property-get --pid org.candor.sink.segment writeKey").out())
        .contains(SECRET);
    assertThat(karaf.run("echo kept > data/tmp/redirected").exit()).isZero();
    assertThat(karaf.base().resolve("data/tmp/redirected")).hasContent("kept");
    assertThat(karaf.run("($.context getBundle 0)").exit()).isZero();
  }

  @Test
  void aViewerReadsNoConfigurationByJmx() throws Exception {
    try (JMXConnector connector = connect("onlooker")) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      ObjectName configurations = only(beans, "org.apache.karaf:type=config,*");
      assertThatThrownBy(() -> beans.getAttribute(configurations, "Configs"))
          .isInstanceOf(SecurityException.class);
      assertThatThrownBy(
              () ->
                  beans.invoke(
                      configurations,
                      "listProperties",
                      new Object[] {"org.candor.sink.segment"},
                      OF_ONE_TEXT))
          .isInstanceOf(SecurityException.class);
      assertThatThrownBy(
              () ->
                  beans.invoke(
                      only(beans, "osgi.compendium:service=cm,*"),
                      "getProperties",
                      new Object[] {"org.candor.sink.segment"},
                      OF_ONE_TEXT))
          .isInstanceOf(SecurityException.class);
      for (String services :
          List.of("org.apache.karaf:type=service,*", "osgi.core:type=serviceState,*")) {
        ObjectName name = only(beans, services);
        assertThatThrownBy(() -> beans.getAttribute(name, attribute(beans, name)))
            .as(services)
            .isInstanceOf(SecurityException.class);
      }
      assertThat(beans.getAttribute(new ObjectName("java.lang:type=Runtime"), "Uptime"))
          .isInstanceOf(Long.class);
    }
  }

  @Test
  void anAdministratorReadsItByJmx() throws Exception {
    try (JMXConnector connector = connect("karaf")) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      Object properties =
          beans.invoke(
              only(beans, "org.apache.karaf:type=config,*"),
              "listProperties",
              new Object[] {"org.candor.sink.segment"},
              OF_ONE_TEXT);
      assertThat(String.valueOf(properties)).contains(SECRET);
    }
  }

  private static ObjectName only(MBeanServerConnection beans, String pattern) throws Exception {
    return beans.queryNames(new ObjectName(pattern), null).iterator().next();
  }

  private static String attribute(MBeanServerConnection beans, ObjectName name) throws Exception {
    return beans.getMBeanInfo(name).getAttributes()[0].getName();
  }

  private JMXConnector connect(String user) throws Exception {
    Properties ports = new Properties();
    ports.load(new StringReader(karaf.etc().text("org.apache.karaf.management")));
    JMXServiceURL address =
        new JMXServiceURL(
            "service:jmx:rmi://127.0.0.1:%s/jndi/rmi://127.0.0.1:%s/karaf-root"
                .formatted(
                    ports.getProperty("rmiServerPort"), ports.getProperty("rmiRegistryPort")));
    return JMXConnectorFactory.connect(
        address, Map.of(JMXConnector.CREDENTIALS, new String[] {user, user}));
  }
}
