package org.candor.api.consent;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where the owner can say yes or no. The strictest layer wins: one that forbids decides; if
 * all are silent, the purpose is allowed.
 *
 * <p>Register it as an OSGi service, name it with {@link LayerName}, and change any service
 * property (say {@code service.changecount}) when the answer changes, so that it is obeyed at once.
 *
 * <p>A no is remembered in {@code etc/}: it counts on while the layer is not there (its bundle is
 * starting, or was removed) or cannot tell ({@link Word#UNKNOWN}), until the layer says otherwise,
 * or it is gone and the owner says yes.
 */
@ConsumerType
public interface ConsentLayer {

  /** The layer's present word; quick, from memory. An exception counts as forbidding. */
  Verdict verdict(Purpose purpose);
}
