package org.candor.api.sink;

import java.io.IOException;
import java.util.List;
import org.candor.api.Deadline;
import org.candor.api.report.FieldCatalogue;
import org.candor.api.report.Message;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries messages to one kind of endpoint. Register it as an OSGi service and name it with {@link
 * SinkName}. A sink keeps no queue and makes no retries: that is the caller's. Calls may come from
 * several threads, and may overlap.
 */
@ConsumerType
public interface TransportSink {

  /** Whether the sink can carry messages of this media type. */
  boolean accepts(String mediaType);

  /** Where messages would go and whether all is set for it; no I/O. */
  SinkState state();

  /** What {@link #encode} adds around the messages; empty when it adds nothing. */
  default FieldCatalogue fields() {
    return FieldCatalogue.empty();
  }

  /**
   * Which of the kinds of traffic that the endpoint limits apart a message belongs to; empty when
   * it tells none apart. See {@link Receipt#limits()}.
   */
  default String category(Message message) {
    return "";
  }

  /** How much fits into one {@link Payload}; one message unless the sink says otherwise. */
  default BatchLimit batchLimit() {
    return BatchLimit.ONE_MESSAGE;
  }

  /**
   * Makes the exact bytes that {@link #send} will carry, for {@code telemetry:preview}, the journal
   * and the wire alike. No I/O.
   *
   * @param batch at least one message, within {@link #batchLimit()}
   */
  Payload encode(List<Message> batch);

  /**
   * Carries a payload and says how that went.
   *
   * @param payload as made by {@link #encode}
   * @param deadline by when; cancelled when the owner says no in the middle
   * @return the endpoint's answer; a dead or failing endpoint is {@link Receipt#retry}, not an
   *     exception
   * @throws IOException counts as {@link Receipt#retry}
   */
  Receipt send(Payload payload, Deadline deadline) throws IOException;
}
