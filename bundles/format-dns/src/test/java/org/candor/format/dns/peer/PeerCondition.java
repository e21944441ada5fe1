package org.candor.format.dns.peer;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsPeer}. */
final class PeerCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing =
        AnnotationSupport.findAnnotation(context.getElement(), NeedsPeer.class)
            .flatMap(
                peers ->
                    Arrays.stream(peers.value())
                        .filter(program -> Program.find(program).isEmpty())
                        .findFirst());
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("all that is needed is there");
    }
    String reason = missing.get() + " is not installed";
    if ("required".equals(System.getenv("CANDOR_PEERS"))) {
      throw new IllegalStateException(reason);
    }
    System.out.println("SKIPPED " + context.getDisplayName() + ": " + reason);
    return ConditionEvaluationResult.disabled(reason);
  }
}
