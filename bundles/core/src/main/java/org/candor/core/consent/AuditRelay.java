package org.candor.core.consent;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.candor.api.text.PlainText;
import org.candor.control.ConsentChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactional outbox relay: puts changes of consent on record that were written down together
 * with the answers. Idempotent by the change's id: what may be on record already is looked up
 * before it is added. For one thread at a time, but for {@link #doubt}.
 */
final class AuditRelay {

  private static final Logger log = LoggerFactory.getLogger(AuditRelay.class);

  private final ConsentAuditLog journal;

  /** Changes that may be on record although they are noted as not. */
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

  private volatile boolean failed;

  AuditRelay(ConsentAuditLog journal) {
    this.journal = journal;
  }

  /** What lies on disk may be older than the journal. */
  void doubt(AnswerBook read) {
    read.unrecorded().forEach(change -> doubtful.add(change.id()));
  }

  /**
   * Puts changes on record, in their order, as many as can be.
   *
   * @param why says for people why something is forbidden, where it is
   * @return ids of those that are on record now
   */
  Set<String> relay(List<ConsentChange> pending, Function<ConsentChange, Optional<String>> why) {
    Set<String> done = new HashSet<>();
    try {
      for (ConsentChange change : pending) {
        if (!doubtful.contains(change.id()) || !journal.has(change.id())) {
          // What fails may be there all the same.
          doubtful.add(change.id());
          journal.append(change);
          log.info(PlainText.shown(AuditTrail.sentence(change, why.apply(change))));
        }
        done.add(change.id());
      }
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        log.warn("A change of consent cannot be put on record yet: {}", e.getMessage());
      }
      failed = true;
    }
    doubtful.removeAll(done);
    return done;
  }

  /** Whether the journal took less than there was the last time. */
  boolean hasFailed() {
    return failed;
  }
}
