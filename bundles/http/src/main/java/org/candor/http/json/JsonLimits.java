package org.candor.http.json;

/**
 * How much JSON is read before it is refused.
 *
 * @param document bytes of all of it
 * @param token characters of one name, string or number, and of the white space around it, whether
 *     it is read or skipped
 * @param depth lists and objects inside each other
 */
public record JsonLimits(long document, int token, int depth) {

  /** Documents of any size whose tokens are small. */
  public static JsonLimits ofTokens(int characters, int depth) {
    return new JsonLimits(Long.MAX_VALUE, characters, depth);
  }

  /** Documents of this size at most, whatever they are made of. */
  public static JsonLimits ofDocument(long bytes, int depth) {
    return new JsonLimits(bytes, Integer.MAX_VALUE, depth);
  }
}
