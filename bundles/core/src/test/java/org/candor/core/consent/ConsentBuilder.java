package org.candor.core.consent;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.candor.core.settings.Etc;

/**
 * Consent as Declarative Services would put it together, with other parts where a test has some.
 */
final class ConsentBuilder {

  private static final Path KARAF = Path.of("/karaf");

  private final Etc etc;
  private Optional<ConfiguredLayer> file = Optional.empty();
  private Map<String, String> environment = Map.of();
  private Optional<ParentLayer> parent = Optional.empty();
  private Optional<Instant> copied = Optional.empty();
  private ConsentAuditLog journal = new MemoryRecord();
  private Optional<AnswerFile> answers = Optional.empty();
  private Executor workers = Runnable::run;
  private BooleanSupplier stopping = () -> false;
  private Clock clock = Clock.systemUTC();

  ConsentBuilder(Etc etc) {
    this.etc = etc;
  }

  ConsentBuilder file(ConfiguredLayer layer) {
    file = Optional.of(layer);
    return this;
  }

  ConsentBuilder environment(String variable, String value) {
    environment = Map.of(variable, value);
    return this;
  }

  ConsentBuilder parent(Path home) {
    return parent(new ParentLayer(home, KARAF, clock));
  }

  ConsentBuilder parent(ParentLayer parent) {
    this.parent = Optional.of(parent);
    return this;
  }

  ConsentBuilder copied(Instant at) {
    copied = Optional.of(at);
    return this;
  }

  ConsentBuilder journal(ConsentAuditLog journal) {
    this.journal = journal;
    return this;
  }

  ConsentBuilder answers(AnswerFile answers) {
    this.answers = Optional.of(answers);
    return this;
  }

  ConsentBuilder workers(Executor workers) {
    this.workers = workers;
    return this;
  }

  ConsentBuilder stopping(BooleanSupplier stopping) {
    this.stopping = stopping;
    return this;
  }

  ConsentBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  Consent build() {
    return new Consent(
        file.orElseGet(() -> new ConfiguredLayer(etc, ConsentFixture.config("", "10m"), clock)),
        new EnvironmentLayer(environment),
        parent.orElseGet(() -> new ParentLayer(KARAF, KARAF, clock)),
        () -> copied,
        answers.orElseGet(() -> new AnswerFile(etc, clock)),
        journal,
        workers,
        stopping,
        clock);
  }
}
