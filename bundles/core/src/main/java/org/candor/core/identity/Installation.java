package org.candor.core.identity;

import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Whether this is a copy of another installation. */
@Component(service = Installation.class)
public final class Installation {

  /** When this was first seen to be a copy; empty when it is not. */
  public Optional<Instant> copied() {
    return Optional.empty();
  }
}
