package org.candor.rest.gate;

import java.util.Optional;
import java.util.Set;
import org.candor.rest.response.RefusedRequestException;

/** Authenticator: checks a user and password, and returns the user's roles. */
interface UserAuthenticator {

  /**
   * The roles of a user; empty when there is no such user or the password is another.
   *
   * @param realm whose users
   * @param address of the client, for the audit log
   * @throws RefusedRequestException when it cannot be said now
   */
  Optional<Set<String>> roles(String realm, BasicCredentials credentials, String address)
      throws RefusedRequestException;
}
