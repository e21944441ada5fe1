package org.candor.rest.gate;

import java.util.Set;

/**
 * Who may do what, as configured.
 *
 * @param realm of JAAS, whose users these are
 * @param readRoles one of them is needed for reading
 * @param writeRoles one of them is needed for anything else
 * @param hosts what this machine is called
 */
public record Policy(String realm, Set<String> readRoles, Set<String> writeRoles, HostNames hosts) {

  public Policy {
    readRoles = Set.copyOf(readRoles);
    writeRoles = Set.copyOf(writeRoles);
  }
}
