package org.candor.itest.harness;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives a test class its Karaf, and the end of its log to every test that fails. */
public final class Karaf
    implements BeforeAllCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  private final Optional<String> name;
  private Optional<KarafInstance> instance = Optional.empty();

  private Karaf(Optional<String> name) {
    this.name = name;
  }

  /** The one that is booted once for all classes that leave it as they found it. */
  public static Karaf shared() {
    return new Karaf(Optional.empty());
  }

  /** One for a class alone, not booted. */
  public static Karaf own(String name) {
    return new Karaf(Optional.of(name));
  }

  public KarafInstance get() {
    return instance.orElseThrow();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    instance = Optional.of(name.isPresent() ? new KarafInstance(name.get()) : SharedKaraf.get());
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (name.isPresent()) {
      get().close();
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withLog(failure);
  }

  private AssertionError withLog(Throwable failure) {
    return new AssertionError(failure + "\n--- karaf.log ---\n" + get().tail(), failure);
  }
}
