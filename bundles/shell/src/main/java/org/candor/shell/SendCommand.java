package org.candor.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.sink.Outcome;
import org.candor.control.Channels;
import org.candor.control.Delivery;
import org.candor.control.NoSuchChannelException;
import org.candor.control.SendResult;
import org.candor.shell.screen.Screen;

/** Command {@code telemetry:send}: reports now and waits for the receipt. */
@Service
@Command(
    scope = "telemetry",
    name = "send",
    description = "Report now, subject to the usual checks, and wait for the receipt")
public final class SendCommand extends JsonCommand {

  private static final Integer FAILED = 1;

  @Reference private Channels channels;

  @Argument(
      name = "channel",
      description = "The channel; all channels when left out",
      multiValued = true)
  @Completion(ChannelNames.class)
  private List<String> words = List.of();

  @Override
  public Object execute() throws CommandException {
    List<SendResult> results = send();
    List<Outcome> outcomes =
        results.stream()
            .flatMap(result -> result.deliveries().stream())
            .map(Delivery::outcome)
            .toList();
    boolean delivered =
        outcomes.contains(Outcome.DELIVERED)
            && outcomes.stream().allMatch(Outcome.DELIVERED::equals);
    if (json()) {
      print(new Document(results));
      return delivered ? null : FAILED;
    }
    Screen screen = screen();
    results.forEach(result -> screen.println(line(result, screen)));
    if (!delivered) {
      throw failure(
          outcomes.contains(Outcome.DELIVERED)
              ? "Not everything was delivered."
              : "Nothing was delivered.");
    }
    return null;
  }

  private List<SendResult> send() throws CommandException {
    try {
      return channels.send(argument(words));
    } catch (NoSuchChannelException e) {
      throw failure(e.getMessage());
    }
  }

  private static String line(SendResult result, Screen screen) {
    StringBuilder line = new StringBuilder(result.channel()).append(": ");
    if (result.deliveries().isEmpty()) {
      line.append(screen.paint(result.state().label()));
    }
    String separator = "";
    for (Delivery delivery : result.deliveries()) {
      line.append(separator)
          .append(screen.paint(delivery.outcome().label()))
          .append(", ")
          .append(delivery.bytes())
          .append(" bytes: ")
          .append(delivery.answer().replaceAll("\\p{Cntrl}+", " "));
      separator = "; ";
    }
    if (result.note().isEmpty()) {
      return line.toString();
    }
    boolean ended = line.charAt(line.length() - 1) == '.';
    return line.append(ended ? " " : ". ") + result.note();
  }

  private record Document(List<SendResult> results) {}
}
