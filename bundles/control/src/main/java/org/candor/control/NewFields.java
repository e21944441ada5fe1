package org.candor.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a channel can send since an upgrade that it could not send before, and of which its owner
 * should know.
 *
 * @param channel whose it is
 * @param names of the fields, as {@link Channels#fields} has them
 * @param withheldUntil before when they do not leave; empty when they leave already
 */
public record NewFields(String channel, List<String> names, Optional<Instant> withheldUntil) {

  public NewFields {
    names = List.copyOf(names);
  }
}
