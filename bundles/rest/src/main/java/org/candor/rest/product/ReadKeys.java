package org.candor.rest.product;

import java.util.HashSet;
import java.util.Set;
import org.candor.rest.body.JsonBody;
import org.candor.rest.response.RefusedRequestException;

/** Duplicate-key check of one JSON object. For one thread. */
final class ReadKeys {

  private final String where;
  private final Set<String> read = new HashSet<>();

  /**
   * @param where the object stands, for messages
   */
  ReadKeys(String where) {
    this.where = where;
  }

  /**
   * Another key.
   *
   * @throws RefusedRequestException when it was there before; which of the two holds is anybody's
   *     guess
   */
  void add(String key) throws RefusedRequestException {
    if (!read.add(key)) {
      throw EventReader.bad(where + JsonBody.shown(key) + " is given twice");
    }
  }
}
