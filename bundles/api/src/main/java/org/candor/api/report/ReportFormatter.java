package org.candor.api.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.candor.api.Bytes;
import org.candor.api.sink.Receipt;
import org.candor.api.upgrade.RefusedAnswerException;
import org.candor.api.upgrade.UpgradeAnswer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Turns a report into messages of one media type. Register it as an OSGi service and name it with
 * {@link FormatterName}. Must be safe for several threads, must not do any I/O, and must not keep
 * what it was given.
 */
@ConsumerType
public interface ReportFormatter {

  /** The exhaustive list of what {@link #format} may emit. */
  FieldCatalogue fields();

  /**
   * Formats a report that holds only facts that {@link #fields()} names.
   *
   * @return the messages, each with an identity made once and for all; empty when the report's kind
   *     is none of this formatter's or there is nothing to say
   */
  List<Message> format(Report report);

  /**
   * The media types of all messages that {@link #format} can make, so that a sink that takes none
   * of them is noticed before the first report; empty when the formatter does not say.
   */
  default Set<String> mediaTypes() {
    return Set.of();
  }

  /**
   * Reads what an endpoint sent back for a message of this formatter's.
   *
   * @param message as {@link #format} made it
   * @param running the version of the product that runs here; empty when nobody set it. A message
   *     need not tell.
   * @param reply as in {@link Receipt#reply()}
   * @return news of an upgrade; empty when the reply holds none
   * @throws RefusedAnswerException when it must not be believed, or makes no sense; the channel
   *     shows why until a better one comes
   */
  default Optional<UpgradeAnswer> read(Message message, String running, Bytes reply)
      throws RefusedAnswerException {
    return Optional.empty();
  }
}
