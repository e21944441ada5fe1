package org.candor.api.source;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows from another product's own files what this installation is, such as the version of DC/OS.
 * Each value is used where the owner set nothing in {@code etc/org.candor.identity.cfg}, and for as
 * long as the service is there.
 *
 * <p>Register an implementation as an OSGi service.
 */
@ConsumerType
public interface IdentityHints {

  /**
   * What is known now; quick, from memory.
   *
   * @return values by the names {@code product.version}, {@code product.variant}, {@code provider},
   *     {@code platform}, {@code customer.key} and {@code license.id} of {@link
   *     org.candor.api.fact.FactNames}; an empty value says nothing, and other names are ignored
   */
  Map<String, String> hints();
}
