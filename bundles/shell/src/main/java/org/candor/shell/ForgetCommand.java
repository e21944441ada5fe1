package org.candor.shell;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.control.Forgetting;
import org.candor.control.Forgotten;
import org.candor.control.Forgotten.Destination;
import org.candor.control.Forgotten.Named;
import org.candor.shell.screen.Screen;

/** Command {@code telemetry:forget}: resets identity and erases stores, after asking. */
@Service
@Command(
    scope = "telemetry",
    name = "forget",
    description = "New ids and a new secret; queue, journal and crashes seen are erased")
public final class ForgetCommand extends JsonCommand {

  private static final String QUESTION =
      """
      This generates new ids and a new secret, even where you set a clusterId yourself (yours is
      ignored until you set another). It erases the queue, the journal with its payloads, the
      crashes seen and the news of upgrades. This cannot be undone. Your answers stay; the grace
      period begins again. What was sent stays with its recipients: the old ids are shown once, so
      that you can ask for its deletion.""";

  private static final String IMAGE_QUESTION =
      """
      This makes the installation fit to be copied: it erases the ids and the secret, the queue, the
      journal with its payloads, the crashes seen, the news of upgrades and what was announced. A
      clusterId or nodeId that you set yourself is ignored until you set another. This cannot be
      undone. Your settings and answers stay. Nothing is sent before the next start; that start, here
      and in every copy, generates ids of its own and begins a grace period.""";

  @Reference private Forgetting forgetting;

  @Option(
      name = "--prepare-image",
      description =
          "Make this installation fit to be copied: new ids are generated at the next start, of this"
              + " installation and of each copy")
  private boolean image;

  @Option(
      name = "-f",
      aliases = {"--force"},
      description = "Do not ask")
  private boolean force;

  @Override
  public Object execute() throws CommandException, IOException {
    if (!force && (json() || !attended())) {
      throw failure(
          "There is no terminal to ask on, so nothing was erased; --force erases without asking.");
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
    (image ? IMAGE_QUESTION : QUESTION).lines().forEach(screen::println);
    return "yes".equalsIgnoreCase(session().readLine("Erase it (yes/no): ", null));
  }

  private Forgotten forgotten() throws CommandException {
    try {
      return image ? forgetting.prepareImage() : forgetting.forget();
    } catch (IOException e) {
      throw failure(
          e.getMessage()
              + " What was begun is completed automatically as soon as possible; see"
              + " telemetry:status.");
    }
  }

  private static void print(Forgotten forgotten, Screen screen) {
    screen.println(
        forgotten
            .newIds()
            .map(
                file ->
                    "Forgotten. New ids are in "
                        + file
                        + ", and the secret is new; queue, journal, crashes seen and news of upgrades"
                        + " were erased.")
            .orElse(
                "Ready to be copied. Stop Karaf now and take the image: nothing is sent before the"
                    + " next start, which generates ids of its own. Denials hold there, grants do"
                    + " not."));
    if (!forgotten.retired().isEmpty()) {
      screen.println(
          "Ignored in etc/org.candor.identity.cfg until you set another there: "
              + String.join(", ", forgotten.retired())
              + ".");
    }
    if (forgotten.ids().isEmpty()) {
      screen.println("There were no ids yet.");
    } else {
      screen.println("The old ids, shown this once:");
      list(forgotten.ids()).forEach(screen::println);
    }
    if (forgotten.sentTo().isEmpty()) {
      screen.println("The journal had no record of anything sent.");
    } else {
      screen.println(
          "Candor cannot erase what others have received. Ask them to, naming the old ids (Segment"
              + " and Sentry have deletion requests for that):");
      for (Destination destination : forgotten.sentTo()) {
        screen.println("  " + destination.channel() + "  " + destination.endpoint());
      }
    }
    if (!forgotten.kept().isEmpty()) {
      screen.println(
          "Still reported as before, since only you can change it in etc/org.candor.identity.cfg: "
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
