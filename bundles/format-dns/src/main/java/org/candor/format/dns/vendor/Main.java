package org.candor.format.dns.vendor;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The vendor's commands without a running Karaf: {@code java -jar org.candor.format.dns-….jar}.
 * Ends with 0 when all went well, 1 when something must be put right, 2 when the command line was
 * not understood.
 */
public final class Main {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private static final String USAGE =
      """
      usage: java -jar org.candor.format.dns-VERSION.jar COMMAND

        key FILE
            makes an Ed25519 key pair: the private key in FILE, which must not exist;
            prints the public key, for publicKey in etc/org.candor.sink.dns.cfg

        zone --zone NAME --key FILE [--name-server NAME]... RELEASES
            prints a signed zone file that lets a stock DNS server answer; RELEASES is JSON:
            {"product": "p", "newest": "2.0.0", "url": "https://...", "validFor": "90d",
             "releases": {"1.2.3": "recommended", "1.0.0": "required", "2.0.0": "ok"}}

        decode [--json] NAME
            reads a query name from a server's log, or the whole line
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  Main(PrintStream out, PrintStream err, Clock clock) {
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int status = new Main(out, err, Clock.systemUTC()).run(List.of(arguments));
    out.flush();
    System.exit(status);
  }

  int run(List<String> arguments) {
    try {
      return run(new Words(arguments));
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return MISUSED;
    } catch (VendorException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private int run(Words words) throws UsageException, VendorException {
    String command = words.next("a command");
    switch (command) {
      case "key" -> key(words);
      case "zone" -> zone(words);
      case "decode" -> decode(words);
      case "help", "--help", "-h" -> out.print(USAGE);
      default -> throw new UsageException(command + " is not a command.");
    }
    return DONE;
  }

  private void key(Words words) throws UsageException, VendorException {
    Path file = words.file("a FILE for the private key");
    words.end();
    out.println(SigningKey.create(file));
  }

  private void zone(Words words) throws UsageException, VendorException {
    String zone = words.one("--zone");
    Path key = path(words.one("--key"));
    List<String> nameServers = words.all("--name-server");
    Path releases = words.file("a file of RELEASES");
    words.end();
    out.print(
        ZoneFile.write(
            Zone.of(zone, nameServers),
            ReleasesReader.read(releases),
            SigningKey.read(key),
            clock.instant()));
  }

  private void decode(Words words) throws UsageException, VendorException {
    boolean json = words.flag("--json");
    String name = words.next("a NAME");
    words.end();
    DecodedName decoded = DecodedName.of(name);
    out.println(json ? decoded.json() : decoded.lines());
  }

  private static Path path(String text) throws UsageException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(text + " is not the name of a file.");
    }
  }

  /** What of a command line has not been understood yet. */
  private static final class Words {

    private final List<String> left;

    private Words(List<String> words) {
      left = new ArrayList<>(words);
    }

    private boolean flag(String name) {
      return left.remove(name);
    }

    private List<String> all(String name) throws UsageException {
      List<String> values = new ArrayList<>();
      for (int at = left.indexOf(name); at >= 0; at = left.indexOf(name)) {
        left.remove(at);
        if (at == left.size()) {
          throw new UsageException(name + " needs a value.");
        }
        values.add(left.remove(at));
      }
      return values;
    }

    private String one(String name) throws UsageException {
      List<String> values = all(name);
      if (values.size() != 1) {
        throw new UsageException(name + " is needed once.");
      }
      return values.get(0);
    }

    private String next(String what) throws UsageException {
      if (left.isEmpty()) {
        throw new UsageException(what + " is missing.");
      }
      return left.remove(0);
    }

    private Path file(String what) throws UsageException {
      return path(next(what));
    }

    private void end() throws UsageException {
      if (!left.isEmpty()) {
        throw new UsageException(left.get(0) + " is not understood.");
      }
    }
  }

  private static final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    private UsageException(String message) {
      super(message);
    }
  }
}
