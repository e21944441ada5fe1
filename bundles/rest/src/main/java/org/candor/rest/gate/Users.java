package org.candor.rest.gate;

import java.util.Optional;
import java.util.Set;
import org.candor.rest.answer.Refusal;

/** Knows users, their passwords and roles. */
interface Users {

  /**
   * The roles of a user; empty when there is no such user or the password is another.
   *
   * @param realm whose users
   * @param address of the client, for the audit log
   * @throws Refusal when it cannot be said now
   */
  Optional<Set<String>> roles(String realm, Credentials credentials, String address) throws Refusal;
}
