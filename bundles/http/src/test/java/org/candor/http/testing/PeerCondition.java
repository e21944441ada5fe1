package org.candor.http.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries {@link NeedsPeer} out. */
public final class PeerCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing =
        AnnotationSupport.findAnnotation(context.getElement(), NeedsPeer.class)
            .flatMap(PeerCondition::missing);
    return missing
        .map(why -> skipped(context, why))
        .orElseGet(() -> ConditionEvaluationResult.enabled(""));
  }

  private static Optional<String> missing(NeedsPeer needed) {
    Optional<String> missing = Peers.here().missing(needed.value());
    return missing.or(
        () -> needed.root() && !isRoot() ? Optional.of("this user is not root") : missing);
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Skips a test because of what is not there, and says so by name on the console.
   *
   * @throws IllegalStateException when none may be skipped
   */
  public static ConditionEvaluationResult skipped(ExtensionContext context, String why) {
    Peers.here().require(why);
    tell("SKIPPED " + name(context) + ": " + why);
    return ConditionEvaluationResult.disabled(why);
  }

  private static String name(ExtensionContext context) {
    return context.getTestClass().map(Class::getSimpleName).orElse("")
        + context.getTestMethod().map(Method::getName).map(method -> "." + method).orElse("");
  }

  // Surefire may have put System.err and System.out into a file, and speaks to Maven through the
  // real standard output; the real standard error reaches the console.
  private static void tell(String line) {
    PrintStream console =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    console.println(line);
  }
}
