package org.candor.source.karaf;

import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** The configurations of all enabled components of Declarative Services. */
final class Components {

  private final ServiceComponentRuntime runtime;

  Components(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Whether each of them is healthy. Only a failed activation counts as a failure: waiting for a
   * configuration or a service is the normal state of whatever is optional.
   */
  Stream<Boolean> health() {
    return runtime.getComponentDescriptionDTOs().stream()
        .filter(runtime::isComponentEnabled)
        .flatMap(component -> runtime.getComponentConfigurationDTOs(component).stream())
        .map(configuration -> configuration.state != ComponentConfigurationDTO.FAILED_ACTIVATION);
  }
}
