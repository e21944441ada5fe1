package org.candor.format.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.Authenticator;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.candor.api.report.ReportFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The SDK leaves nothing behind: used through a class loader of its own, as in a container, on a
 * thread that lives on.
 */
@Timeout(60)
class QuietSdkTest {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void formattingStartsNoThreadAndChangesNothingOfTheJvm() throws Exception {
    pool.submit(() -> {}).get();
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    formatInALoaderOfItsOwn();

    Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
    started.removeAll(before);
    assertThat(started).isEmpty();
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    assertThat(Authenticator.getDefault()).isNull();
  }

  @Test
  void theClassLoaderIsFreeWhenTheFormatterIsGone() throws Exception {
    WeakReference<ClassLoader> loader = formatInALoaderOfItsOwn();

    long start = System.nanoTime();
    while (loader.get() != null && System.nanoTime() - start < PATIENCE) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(loader.get()).isNull();
  }

  private WeakReference<ClassLoader> formatInALoaderOfItsOwn() throws Exception {
    return pool.submit(
            () -> {
              try (URLClassLoader loader = new BundleLoader(classes())) {
                Thread.currentThread().setContextClassLoader(null);
                ReportFormatter formatter =
                    (ReportFormatter)
                        loader
                            .loadClass(SentryFormatter.class.getName())
                            .getConstructor()
                            .newInstance();
                assertThat(formatter.getClass()).isNotEqualTo(SentryFormatter.class);
                assertThat(formatter.format(Reports.richCrash())).hasSize(1);
                assertThat(formatter.format(Reports.richInventory())).hasSize(1);
                return new WeakReference<ClassLoader>(loader);
              }
            })
        .get();
  }

  private static URL classes() {
    return SentryFormatter.class.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Sees what the bundle holds and what it imports, and nothing else. */
  private static final class BundleLoader extends URLClassLoader {

    private BundleLoader(URL classes) {
      super(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      return name.startsWith("org.candor.api.")
          ? ReportFormatter.class.getClassLoader().loadClass(name)
          : super.findClass(name);
    }
  }
}
