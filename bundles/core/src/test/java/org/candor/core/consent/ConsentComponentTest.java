package org.candor.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.control.Answers;
import org.candor.control.ConsentChange;
import org.candor.control.ConsentState;
import org.candor.core.StoreFixture;
import org.candor.core.identity.CopyDetector;
import org.candor.core.identity.IdentityFiles;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.settings.Etc;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The component of the real parts; only the framework is none. */
class ConsentComponentTest {

  private static final Answers OFF = Answers.of(Set.of(Purpose.USAGE), false);

  @TempDir Path karaf;
  private final Map<String, Object> framework = new HashMap<>();
  private final WorkerPool workers = new WorkerPool();
  private ChainedJournal journal;
  private Consent consent;

  @BeforeEach
  void activate() throws IOException {
    Path directory = Files.createDirectories(karaf.resolve("etc"));
    BundleContext context =
        proxy(
            BundleContext.class,
            (method, argument) ->
                switch (method) {
                  case "getProperty" ->
                      argument.equals("karaf.etc") ? directory.toString() : karaf.toString();
                  case "getBundle" -> framework.get(argument);
                  default -> throw new UnsupportedOperationException(method);
                });
    framework(Bundle.ACTIVE);
    StoreFixture store = new StoreFixture(karaf.resolve("var"));
    Etc etc = new Etc(context);
    journal = new ChainedJournal(store.store());
    consent =
        new Consent(
            context,
            new ConfiguredLayer(etc, ConsentFixture.config("", "10m")),
            new EnvironmentLayer(Map.of()),
            new ParentLayer(context),
            new CopyDetector(context, new IdentityFiles(etc), () -> {}, store.store()),
            etc,
            journal,
            workers);
  }

  @AfterEach
  void deactivate() {
    consent.close();
    workers.close();
    journal.close();
  }

  private interface Call {
    Object of(String method, Object argument);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                call.of(method.getName(), arguments == null ? "" : arguments[0])));
  }

  private void framework(int state) {
    framework.put("System Bundle", proxy(Bundle.class, (method, argument) -> state));
  }

  @Test
  void anAnswerIsInTheJournal() throws IOException {
    consent.answer(OFF, ConsentFixture.SHELL);
    ConsentChange change = journal.changes(9).get(0);
    assertThat(change.to()).isEqualTo(ConsentState.DENIAL);
    ConsentAuditLog log = ConsentAuditLog.of(journal);
    assertThat(log.has(change.id())).isTrue();
    assertThat(log.has("another")).isFalse();
    assertThat(karaf.resolve("etc/org.candor.consent.answers")).exists();
  }

  @Test
  void aLayerThatGoesCountsAsGone() {
    assertThat(whyOnceItsLayerWent()).contains("it is not installed now");
  }

  @Test
  void butNotWhileTheFrameworkStops() {
    framework(Bundle.STOPPING);
    assertThat(whyOnceItsLayerWent()).isEqualTo("no");
  }

  @Test
  void aFrameworkThatHasNoSystemBundleAnyMoreDoesNotStop() {
    framework.clear();
    assertThat(whyOnceItsLayerWent()).contains("it is not installed now");
  }

  private String whyOnceItsLayerWent() {
    ConsentLayer layer = purpose -> Verdict.forbids("no");
    consent.bindLayer(layer, Map.of(LayerName.PROPERTY, "spec"));
    consent.unbindLayer(layer);
    try {
      // What it said is written down, whichever worker was to do so.
      consent.answer(Answers.of(Set.of(Purpose.ERRORS), false), ConsentFixture.SHELL);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return consent.explain(Purpose.USAGE).layers().get(0).why();
  }
}
