package org.candor.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** Command {@code telemetry:disable}: denies consent for purposes or channels. */
@Service
@Command(
    scope = "telemetry",
    name = "disable",
    description = "Turn off purposes, or channels by name; takes effect at once")
public final class DisableCommand extends AnswerCommand {

  @Override
  public Object execute() throws CommandException {
    return answer(false);
  }
}
