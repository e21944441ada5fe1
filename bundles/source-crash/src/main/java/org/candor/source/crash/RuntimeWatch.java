package org.candor.source.crash;

import java.time.Clock;
import org.candor.source.crash.runtime.OwnDeath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Watches this process. Has no configuration: the PID is taken by the factory of {@link
 * CrashSource}, and one PID cannot be both.
 */
@Component(
    service = RuntimeWatch.class,
    immediate = true,
    configurationPolicy = ConfigurationPolicy.IGNORE)
public final class RuntimeWatch {

  private final OwnDeath death;

  @Activate
  public RuntimeWatch(@Reference Handover handover) {
    death = OwnDeath.of(Home.ofThisProcess(), handover, Clock.systemUTC()).start();
  }

  @Deactivate
  void deactivate() {
    death.close();
  }
}
