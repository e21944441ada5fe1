package org.candor.control;

import java.util.List;
import java.util.Optional;
import org.candor.api.settings.ConfigurationProblem;

/** The channels: what they do, what they would send, and sending now. */
public interface Channels {

  /** Every channel, by name; quick, from memory but for its configuration's mistakes. */
  List<ChannelStatus> status();

  /**
   * The exact bytes that would leave now, whether or not consent is given. Asks the sources, opens
   * no connection to the endpoint, queues nothing.
   */
  Preview preview(String channel) throws NoSuchChannelException;

  /**
   * Reports now, through the usual path and its gates, and waits for the endpoint's answer.
   *
   * @param channel all channels when empty
   */
  List<SendResult> send(Optional<String> channel) throws NoSuchChannelException;

  /**
   * The exhaustive list of what may leave.
   *
   * @param channel all channels when empty
   */
  List<CatalogueEntry> fields(Optional<String> channel) throws NoSuchChannelException;

  /**
   * What channels can send since an upgrade: for a week after it was announced, and while it is
   * withheld, unless it was accepted; quick, from memory.
   */
  default List<NewFields> newFields() {
    return List.of();
  }

  /**
   * New channels, other purposes and destinations, and what waits since a file allows it again: for
   * a week after it was announced, and while something is withheld because of it, unless it was
   * accepted; quick, from memory.
   */
  default List<Announced> announced() {
    return List.of();
  }

  /**
   * Mistakes in Candor's configuration files, by file: refused values, unknown keys, unknown files.
   * May look at the files.
   */
  default List<ConfigurationProblem> problems() {
    return List.of();
  }
}
