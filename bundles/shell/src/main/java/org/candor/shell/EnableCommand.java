package org.candor.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** The owner says yes. */
@Service
@Command(
    scope = "telemetry",
    name = "enable",
    description = "Say yes to a purpose, or to all; a stricter layer may still forbid")
public final class EnableCommand extends AnswerCommand {

  @Override
  public Object execute() throws CommandException {
    answer(true);
    return null;
  }
}
