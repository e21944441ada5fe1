package org.candor.format.dns.peer;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsPeer}. */
final class PeerCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String program =
        AnnotationSupport.findAnnotation(context.getElement(), NeedsPeer.class)
            .map(NeedsPeer::value)
            .orElse("");
    if (program.isEmpty() || Program.find(program).isPresent()) {
      return ConditionEvaluationResult.enabled("all that is needed is there");
    }
    String reason = program + " is not installed";
    if ("required".equals(System.getenv("CANDOR_PEERS"))) {
      throw new IllegalStateException(reason);
    }
    System.out.println("SKIPPED " + context.getDisplayName() + ": " + reason);
    return ConditionEvaluationResult.disabled(reason);
  }
}
