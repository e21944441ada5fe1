package org.candor.core.reporting;

import java.util.List;
import java.util.function.UnaryOperator;
import org.candor.api.report.Message;
import org.candor.core.outbox.ChannelMemory;
import org.candor.core.store.IoAction;

/**
 * A report that is formatted and waits for nothing but the owner's consent to be queued.
 *
 * @param messages what it consists of; empty when it could not be formatted
 * @param memory what the channel remembers of it, in the transaction that queues it
 * @param onQueued what is to be done once it is on disk; quick, and harmless when it is not done
 * @param isLast whether the trigger has nothing more to report now
 */
public record PreparedReport(
    List<Message> messages,
    UnaryOperator<ChannelMemory> memory,
    IoAction onQueued,
    boolean isLast) {

  public PreparedReport {
    messages = List.copyOf(messages);
  }
}
