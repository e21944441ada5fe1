package org.candor.format.sentry;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test against a program that not every machine has. Without it the test is skipped by name, or
 * fails when the environment says {@code CANDOR_PEERS=required}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(NeedsPeer.Condition.class)
@interface NeedsPeer {

  /** The program's name on the path. */
  String value();

  /** Looks for the program. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String peer = context.getRequiredTestClass().getAnnotation(NeedsPeer.class).value();
      for (String folder : System.getenv("PATH").split(Pattern.quote(File.pathSeparator))) {
        if (Files.isExecutable(Path.of(folder, peer))) {
          return ConditionEvaluationResult.enabled(peer);
        }
      }
      return missing(context, peer);
    }

    static ConditionEvaluationResult missing(ExtensionContext context, String peer) {
      String test = context.getRequiredTestClass().getSimpleName();
      if ("required".equals(System.getenv("CANDOR_PEERS"))) {
        throw new IllegalStateException(test + " needs " + peer + ", which is not installed");
      }
      System.out.println("SKIPPED " + test + ": " + peer + " is not installed");
      return ConditionEvaluationResult.disabled(peer + " is not installed");
    }
  }
}
