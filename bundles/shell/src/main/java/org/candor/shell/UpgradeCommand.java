package org.candor.shell;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.candor.api.upgrade.UpgradeNotice;
import org.candor.control.Upgrades;
import org.candor.shell.screen.Screen;

/** Command {@code telemetry:upgrade}: what is known of newer versions. */
@Service
@Command(
    scope = "telemetry",
    name = "upgrade",
    description =
        "The running version, the newest known, its origin, and whether the vendor signed it")
public final class UpgradeCommand extends JsonCommand {

  @Reference private Upgrades upgrades;

  @Override
  public Object execute() {
    UpgradeNotice notice = upgrades.notice();
    if (json()) {
      print(notice);
    } else {
      print(notice, screen());
    }
    return null;
  }

  private void print(UpgradeNotice notice, Screen screen) {
    screen.println(
        "Running:       "
            + known(notice.running(), "unknown: set version in etc/org.candor.identity.cfg"));
    screen.println("Newest:        " + known(notice.newest(), "unknown"));
    screen.println("Upgrade:       " + screen.paint(notice.severity().label()));
    screen.println("From:          " + known(notice.from(), "-"));
    screen.println("Release notes: " + known(notice.url(), "-"));
    screen.println(
        "Signature:     "
            + (notice.newest().isEmpty() ? "-" : notice.signed() ? "valid" : "not checked"));
    screen.println("Checked:       " + time().of(notice.checkedAt(), "never"));
  }

  private static String known(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
