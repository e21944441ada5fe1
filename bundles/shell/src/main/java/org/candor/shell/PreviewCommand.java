package org.candor.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.candor.api.report.Gap;
import org.candor.api.sink.Payload;
import org.candor.api.text.PlainText;
import org.candor.control.Channels;
import org.candor.control.NoSuchChannelException;
import org.candor.control.Preview;
import org.candor.control.document.PreviewDocument;

/** Command {@code telemetry:preview}: a dry run that prints the exact bytes, and no other. */
@Service
@Command(
    scope = "telemetry",
    name = "preview",
    description = "The exact bytes that would be sent now, whether or not consent is given")
public final class PreviewCommand extends JsonCommand {

  @Reference private Channels channels;

  @Argument(name = "channel", description = "The channel", required = true, multiValued = true)
  @Completion(ChannelNames.class)
  private List<String> words = List.of();

  @Override
  public Object execute() throws CommandException, IOException {
    Preview preview = preview();
    if (json()) {
      print(PreviewDocument.of(preview));
      return null;
    }
    if (preview.payloads().isEmpty() && !preview.note().isEmpty()) {
      throw failure(preview.note());
    }
    printPayloads(preview.payloads());
    if (attended()) {
      printRemarks(preview, System.err);
    }
    return null;
  }

  private Preview preview() throws CommandException {
    try {
      return channels.preview(argument(words).orElse(""));
    } catch (NoSuchChannelException | UncheckedIOException e) {
      throw failure(e.getMessage());
    }
  }

  private void printPayloads(List<Payload> payloads) throws IOException {
    PrintStream out = out();
    Iterator<Payload> remaining = payloads.iterator();
    while (remaining.hasNext()) {
      printBody(remaining.next().body());
      if (remaining.hasNext()) {
        out.write('\n');
      }
    }
    out.flush();
  }

  // bin/client makes one stream of both, so without a terminal the remarks would be taken for data;
  // --json has them too.
  private static void printRemarks(Preview preview, PrintStream err) {
    err.println();
    if (preview.payloads().isEmpty()) {
      err.println("Nothing would be sent through " + preview.channel() + " now.");
    }
    if (!preview.note().isEmpty()) {
      err.println(PlainText.shown(preview.note()));
    }
    for (Gap gap : preview.gaps()) {
      err.println(
          "Facts of "
              + PlainText.shown(gap.source())
              + " are missing: "
              + gap.reason().label()
              + ".");
    }
    err.flush();
  }
}
