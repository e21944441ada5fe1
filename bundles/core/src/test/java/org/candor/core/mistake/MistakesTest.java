package org.candor.core.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.core.work.WorkerPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MistakesTest {

  private static final String LINE =
      "etc/org.candor.store.cfg: maxbites: unknown key, ignored; did you mean maxBytes?";

  private final WorkerPool workers = new WorkerPool();
  private final List<String> warned = new ArrayList<>();
  private volatile Map<String, String> store = Map.of();
  private final Mistakes mistakes =
      new Mistakes(
          workers,
          MistakesFixture.inspection(Map.of("org.candor.store", Set.of("maxBytes"))),
          () -> List.of(new ConfiguredFile("org.candor.store", store)),
          warned::add);

  @AfterEach
  void stop() {
    mistakes.close();
    workers.close();
  }

  @Test
  void aMistakeIsWarnedOfOnceUntilItIsMended() {
    store = Map.of("maxbites", "1m");
    assertThat(mistakes.problems()).hasSize(1);
    store = Map.of("maxbites", "2m");
    assertThat(mistakes.problems()).extracting(ConfigurationProblem::value).containsExactly("2m");
    assertThat(warned).containsExactly(LINE);
    store = Map.of();
    assertThat(mistakes.problems()).isEmpty();
    store = Map.of("maxbites", "1m");
    assertThat(mistakes.problems()).hasSize(1);
    assertThat(warned).containsExactly(LINE, LINE);
  }

  @Test
  void whatAReaderRefusesIsListedWhileItIsThereAndWarnedOfByItself() {
    ConfigurationProblem refused =
        ConfigurationProblem.of("etc/org.candor.http.cfg", "proxy", "x", "allowed is y.");
    ConfigurationProblems reader = () -> List.of(refused);
    ConfigurationProblems failing =
        () -> {
          throw new IllegalStateException("gone");
        };
    mistakes.bindReader(reader);
    mistakes.bindReader(failing);
    store = Map.of("maxbites", "1m");
    assertThat(mistakes.problems())
        .extracting(ConfigurationProblem::key)
        .containsExactly("proxy", "maxbites");
    assertThat(warned).containsExactly(LINE);
    mistakes.unbindReader(reader);
    assertThat(mistakes.problems())
        .extracting(ConfigurationProblem::key)
        .containsExactly("maxbites");
  }

  @Test
  void aChangedConfigurationIsLookedAtAndWhoeverListensIsTold() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    mistakes.onChange(changed::countDown);
    store = Map.of("maxbites", "1m");
    mistakes.configured("org.candor.store");
    assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(warned).containsExactly(LINE);
  }

  @Test
  void whoeverListensIsToldAlsoWhenSomebodyElseAskedFirst() throws Exception {
    CountDownLatch changed = new CountDownLatch(1);
    mistakes.onChange(changed::countDown);
    store = Map.of("maxbites", "1m");
    mistakes.configured("org.candor.store");
    assertThat(mistakes.problems()).hasSize(1);
    assertThat(changed.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
