package org.candor.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** The owner says no. */
@Service
@Command(
    scope = "telemetry",
    name = "disable",
    description = "Say no to a purpose, or to all; obeyed at once")
public final class DisableCommand extends AnswerCommand {

  @Override
  public Object execute() throws CommandException {
    answer(false);
    return null;
  }
}
