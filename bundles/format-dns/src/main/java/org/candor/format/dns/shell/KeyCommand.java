package org.candor.format.dns.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.candor.format.dns.vendor.SigningKey;
import org.candor.format.dns.vendor.VendorException;

/** {@code telemetry:key}: the vendor's key pair. */
@Service
@Command(
    scope = "telemetry",
    name = "key",
    description =
        "For vendors: makes an Ed25519 key pair that signs answers to version checks, and prints"
            + " the public key")
public final class KeyCommand extends VendorCommand {

  @Argument(
      name = "FILE",
      description = "Where to put the private key; must not exist. Relative to Karaf's directory.",
      required = true)
  @Completion(FileCompleter.class)
  private String file;

  @Override
  void run() throws CommandException, VendorException {
    System.out.println(SigningKey.create(file(file)));
  }
}
