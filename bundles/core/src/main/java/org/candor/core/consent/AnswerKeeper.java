package org.candor.core.consent;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Composition of what keeps the answers: in memory for whoever asks, on disk for whoever comes
 * later, and on record in the journal.
 *
 * @param memory where denials count at once
 * @param queries what is allowed, and why
 * @param writer puts on disk and on record
 */
record AnswerKeeper(AnswerMemory memory, AnswerQueries queries, AnswerWriter writer) {

  /**
   * @param copied when this was seen to be a copy of another installation
   */
  static AnswerKeeper of(
      AnswerFile file,
      ConsentAuditLog journal,
      Decider decider,
      LayerRecorder recorder,
      Layers layers,
      Supplier<Optional<Instant>> copied,
      Clock clock) {
    AuditRelay relay = new AuditRelay(journal);
    AnswerDisk disk = new AnswerDisk(file, relay::doubt);
    AnswersLayerCache answers = new AnswersLayerCache(copied);
    AnswerMemory memory = new AnswerMemory(disk, answers, clock);
    AnswerQueries queries = new AnswerQueries(memory, answers, decider);
    DecisionAudit decisions = new DecisionAudit(decider, answers, recorder, layers);
    return new AnswerKeeper(
        memory,
        queries,
        new AnswerWriter(
            memory,
            queries,
            answers,
            disk,
            relay,
            new AuditTrail(decisions, recorder, layers, clock),
            recorder,
            layers,
            book -> new Granting(decider, answers::of, copied.get(), clock, book)));
  }
}
