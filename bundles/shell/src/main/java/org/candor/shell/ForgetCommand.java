package org.candor.shell;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.control.Forgetting;
import org.candor.api.control.Forgotten;
import org.candor.api.control.Forgotten.Destination;
import org.candor.api.control.Forgotten.Named;
import org.candor.shell.screen.Screen;

/** Makes this installation one that nobody has heard of. */
@Service
@Command(
    scope = "telemetry",
    name = "forget",
    description = "New ids and a new secret; queue, journal and crashes seen are erased")
public final class ForgetCommand extends JsonCommand {

  private static final String QUESTION =
      """
      This makes new ids and a new secret, also in place of a clusterId that you set yourself, and
      erases what waits to be sent, the journal with its payloads, the crashes seen and the news of
      upgrades. Nothing of it can be had back. Your answers stay; the grace period begins anew.
      What has left stays where it is: the old ids are shown once, so that you can ask for it.""";

  @Reference private Forgetting forgetting;

  @Option(
      name = "-f",
      aliases = {"--force"},
      description = "Do not ask")
  private boolean force;

  @Override
  public Object execute() throws CommandException, IOException {
    if (!force && (json() || !attended())) {
      throw failure("Nobody can be asked here, so nothing was erased; --force does it unasked.");
    }
    if (!force && !isConfirmed()) {
      screen().println("Nothing was erased.");
      return null;
    }
    Forgotten forgotten = forgotten();
    if (json()) {
      print(forgotten);
    } else {
      print(forgotten, screen());
    }
    return null;
  }

  private boolean isConfirmed() throws IOException {
    Screen screen = screen();
    QUESTION.lines().forEach(screen::println);
    return "yes".equalsIgnoreCase(session().readLine("Erase it (yes/no): ", null));
  }

  private Forgotten forgotten() throws CommandException {
    try {
      return forgetting.forget();
    } catch (IOException e) {
      throw failure(
          e.getMessage()
              + " What has begun is finished by itself as soon as that is possible; see"
              + " telemetry:status.");
    }
  }

  private static void print(Forgotten forgotten, Screen screen) {
    screen.println(
        "Forgotten. The ids in etc/org.candor.identity.cfg and the secret are new; queue, journal,"
            + " crashes seen and news of upgrades are gone.");
    if (forgotten.ids().isEmpty()) {
      screen.println("There were no ids yet.");
    } else {
      screen.println("The old ids, shown this once:");
      list(forgotten.ids()).forEach(screen::println);
    }
    if (forgotten.sentTo().isEmpty()) {
      screen.println("The journal knew of nothing that was sent.");
    } else {
      screen.println(
          "Candor cannot erase what others hold. Ask these to do so, by the old ids (Segment and"
              + " Sentry have deletion requests for that):");
      for (Destination destination : forgotten.sentTo()) {
        screen.println("  " + destination.channel() + "  " + destination.endpoint());
      }
    }
    if (!forgotten.kept().isEmpty()) {
      screen.println(
          "Still told as before, since only you can change it in etc/org.candor.identity.cfg: "
              + forgotten.kept().stream().map(Named::name).collect(Collectors.joining(", "))
              + ".");
    }
  }

  private static List<String> list(List<Named> ids) {
    int width = ids.stream().mapToInt(id -> id.name().length()).max().orElse(0);
    return ids.stream()
        .map(id -> "  " + id.name() + " ".repeat(width - id.name().length()) + "  " + id.value())
        .toList();
  }
}
