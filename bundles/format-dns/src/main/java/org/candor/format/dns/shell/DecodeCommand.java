package org.candor.format.dns.shell;

import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.candor.format.dns.vendor.DecodedName;
import org.candor.format.dns.vendor.VendorException;

/** {@code telemetry:decode}: a query name, back into ids and versions. */
@Service
@Command(
    scope = "telemetry",
    name = "decode",
    description = "For vendors: decodes a query name from a DNS server's log")
public final class DecodeCommand extends VendorCommand {

  private static final String JSON = "--json";

  @Option(name = JSON, description = "Print one JSON document and nothing else")
  private boolean json;

  @Argument(
      name = "NAME",
      description = "The name, or a line of the server's log that holds it",
      required = true,
      multiValued = true)
  private List<String> words = List.of();

  // Karaf takes options before the first argument only and hands later ones over as words.
  @Override
  void run() throws VendorException {
    List<String> name = new ArrayList<>(words);
    boolean late = name.remove(JSON);
    DecodedName decoded = DecodedName.of(String.join(" ", name));
    System.out.println(json || late ? decoded.json() : decoded.lines());
  }
}
