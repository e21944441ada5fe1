package org.candor.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.consent.Purpose;
import org.candor.control.ConsentControl;
import org.candor.control.Explanation;
import org.candor.shell.screen.Screen;
import org.candor.shell.screen.Table;

/** Command {@code telemetry:explain}: every layer's decision on a purpose. */
@Service
@Command(
    scope = "telemetry",
    name = "explain",
    description = "Every layer's setting for a purpose, and which one decides")
public final class ExplainCommand extends TableCommand {

  @Reference private ConsentControl consent;

  @Argument(
      name = "purpose",
      description = "usage, errors or version-check",
      required = true,
      multiValued = true)
  @Completion(PurposeLabels.class)
  private List<String> words = List.of();

  @Override
  public Object execute() throws CommandException {
    Explanation explanation = consent.explain(purpose());
    if (json()) {
      print(explanation);
    } else {
      print(explanation, screen());
    }
    return null;
  }

  private Purpose purpose() throws CommandException {
    String label = argument(words).orElse("");
    return Purpose.of(label).orElseThrow(() -> failure(PurposeLabels.unknown(label)));
  }

  private void print(Explanation explanation, Screen screen) {
    if (format()) {
      screen.println(new ConsentSummary(explanation).sentence(screen));
    }
    Table table = new Table("No layer has a setting.").word("Layer").label("Verdict").text("Why");
    for (Explanation.LayerExplanation word : explanation.layers()) {
      table.row(word.layer(), word.verdict().label(), word.why());
    }
    table.print(screen, format());
  }
}
