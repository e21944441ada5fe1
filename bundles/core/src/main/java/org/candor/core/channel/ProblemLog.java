package org.candor.core.channel;

import java.util.Optional;
import org.candor.core.delivery.Sentences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** State changes of a channel's problems, logged once each. For one thread at a time. */
final class ProblemLog {

  private static final Logger log = LoggerFactory.getLogger(ProblemLog.class);

  private final String channel;
  private Optional<ChannelProblem> reported = Optional.empty();

  ProblemLog(String channel) {
    this.channel = channel;
  }

  /**
   * A step ended.
   *
   * @param mustErase whether what is queued was denied and is still there
   */
  void stepped(Optional<ChannelProblem> problem, boolean mustErase) {
    if (problem.isPresent() && !problem.equals(reported)) {
      log.error(
          "{}: {} {}",
          channel,
          Sentences.sentence(problem.get().advice()),
          mustErase
              ? "What is queued stays until it can be erased, and is not sent."
              : "What is queued stays, and is tried again by itself.");
    } else if (problem.isEmpty() && reported.isPresent()) {
      log.info("{}: works again.", channel);
    }
    reported = problem;
  }
}
