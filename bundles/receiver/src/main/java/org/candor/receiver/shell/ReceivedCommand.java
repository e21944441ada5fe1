package org.candor.receiver.shell;

import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.candor.receiver.Received;
import org.candor.receiver.ReceivedJson;

/** {@code telemetry:received}: what the receiver took, oldest first. */
@Service
@Command(
    scope = "telemetry",
    name = "received",
    description = "List what the receiver on loopback took, oldest first")
public final class ReceivedCommand implements Action {

  @Option(name = "--json", description = "Print one JSON document, with whole bodies")
  private boolean json;

  @Option(name = "--bodies", description = "Print each body in full, indented for reading")
  private boolean bodies;

  @Option(
      name = "--no-format",
      description = "Print the table without lines and without shortening")
  private boolean noFormat;

  @Reference private Received received;

  @Reference private Session session;

  @Override
  public Object execute() throws Exception {
    if (json) {
      ReceivedJson.write(
          received.entries(), new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
      System.out.println();
    } else if (bodies) {
      received.entries().forEach(entry -> System.out.println(IndentedBody.of(entry.body().utf8())));
    } else {
      new ReceivedTable(width()).print(received.entries(), System.out, !noFormat);
    }
    return null;
  }

  private int width() {
    return session.getTerminal() == null ? 0 : session.getTerminal().getWidth();
  }
}
