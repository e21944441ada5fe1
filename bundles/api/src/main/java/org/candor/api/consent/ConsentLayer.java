package org.candor.api.consent;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where the owner can say yes or no. The strictest layer wins: one that forbids decides; if
 * all are silent, the purpose is allowed.
 *
 * <p>Register it as an OSGi service, name it with {@link LayerName}, and change any service
 * property (say {@code service.changecount}) when the answer changes, so that it is obeyed at once.
 *
 * <p>A denial is remembered, and on record: it counts on while the layer is not there (its bundle
 * is starting, or was removed), cannot tell ({@link LayerAnswer#UNKNOWN}) or says nothing any more
 * ({@link Word#SILENT}), until the layer itself allows, or the owner grants by shell, API or page
 * what nothing forbids any more.
 */
@ConsumerType
public interface ConsentLayer {

  /**
   * Service property, a Boolean: whether what the layer allows is the owner's answer. Without it an
   * {@link LayerAnswer#ALLOWS} only takes back what the same layer forbade.
   */
  String ANSWERS = "candor.layer.answers";

  /** The layer's present word; quick, from memory. An exception counts as forbidding. */
  Verdict verdict(Purpose purpose);
}
