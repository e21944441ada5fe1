package org.candor.format.dns.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.support.CommandException;
import org.candor.format.dns.vendor.VendorException;

/** What the vendor's commands share: errors without a stack trace, and files. */
abstract class VendorCommand implements Action {

  @Override
  public final Object execute() throws CommandException {
    try {
      run();
      return null;
    } catch (VendorException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  abstract void run() throws CommandException, VendorException;

  /**
   * A file of the machine that Karaf runs on: a relative name begins at Karaf's directory, as that
   * of {@code etc/…} does in all messages, and {@code ~/} at the home of Karaf's user.
   */
  static Path file(String name) throws CommandException {
    try {
      return name.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), name.substring(2))
          : Path.of(System.getProperty("karaf.base", "")).toAbsolutePath().resolve(name);
    } catch (InvalidPathException e) {
      throw new CommandException(name + " is not the name of a file.");
    }
  }
}
