package org.candor.rest.gate;

import java.util.Set;

/**
 * Access policy, as configured: who may do what.
 *
 * @param realm of JAAS, whose users these are
 * @param readRoles one of them is needed for reading
 * @param writeRoles one of them is needed for anything else
 * @param hosts what this machine is called
 * @param proxies who may say for whom it speaks
 */
public record Policy(
    String realm,
    Set<String> readRoles,
    Set<String> writeRoles,
    HostNames hosts,
    TrustedProxies proxies) {

  public Policy {
    readRoles = Set.copyOf(readRoles);
    writeRoles = Set.copyOf(writeRoles);
  }
}
