package org.candor.format.dns.shell;

import java.time.Clock;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.candor.format.dns.vendor.ReleasesReader;
import org.candor.format.dns.vendor.SigningKey;
import org.candor.format.dns.vendor.VendorException;
import org.candor.format.dns.vendor.Zone;
import org.candor.format.dns.vendor.ZoneFile;

/** {@code telemetry:zone}: the zone file that answers version checks. */
@Service
@Command(
    scope = "telemetry",
    name = "zone",
    description =
        "For vendors: prints a signed zone file that lets a stock DNS server answer version checks")
public final class ZoneCommand extends VendorCommand {

  @Option(name = "--zone", description = "The zone, such as upgrade.example.com", required = true)
  private String zone;

  @Option(name = "--key", description = "The private key that telemetry:key made", required = true)
  @Completion(FileCompleter.class)
  private String key;

  @Option(
      name = "--name-server",
      description = "A server of the zone, as its NS records name it; may come several times",
      multiValued = true)
  private List<String> nameServers = List.of();

  @Argument(
      name = "RELEASES",
      description =
          "A JSON file: {\"product\":\"p\",\"newest\":\"2.0.0\",\"url\":\"https://…\",\"validFor\":"
              + "\"90d\",\"releases\":{\"1.2.3\":\"recommended\"}}. Relative to Karaf's directory.",
      required = true)
  @Completion(FileCompleter.class)
  private String releases;

  private final Clock clock;

  public ZoneCommand() {
    this(Clock.systemUTC());
  }

  ZoneCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  void run() throws CommandException, VendorException {
    System.out.print(
        ZoneFile.write(
            Zone.of(zone, nameServers),
            ReleasesReader.read(file(releases)),
            SigningKey.read(file(key)),
            clock.instant()));
  }
}
