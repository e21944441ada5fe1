package org.candor.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;

/** Command {@code telemetry:enable}: grants consent for purposes or channels. */
@Service
@Command(
    scope = "telemetry",
    name = "enable",
    description =
        "Turn on purposes, or channels by name; a stricter setting that overrules is named")
public final class EnableCommand extends AnswerCommand {

  @Override
  public Object execute() throws CommandException {
    return answer(true);
  }
}
