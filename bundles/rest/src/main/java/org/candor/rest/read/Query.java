package org.candor.rest.read;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.candor.api.settings.Setting;
import org.candor.rest.response.RefusedRequestException;

/**
 * Query parameters of a request, each of them known and given once.
 *
 * @param values by name
 */
record Query(Map<String, String> values) {

  private static final int LONGEST_SHOWN = 100;

  /**
   * @param raw the part of the URL behind the question mark; empty when there is none
   * @param known names that are allowed
   */
  static Query of(String raw, Set<String> known) throws RefusedRequestException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      String[] pair = part.split("=", 2);
      String name = decoded(pair[0]);
      if (!known.contains(name)) {
        throw new RefusedRequestException(
            400,
            "The parameter "
                + shown(name)
                + " is not known; allowed is "
                + (known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known)))
                + ".");
      }
      if (values.put(name, decoded(pair.length == 1 ? "" : pair[1])) != null) {
        throw new RefusedRequestException(400, "The parameter " + name + " is given twice.");
      }
    }
    return new Query(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value of a parameter; empty when it is not there. */
  <T> Optional<T> value(Setting<T> parameter) throws RefusedRequestException {
    Optional<String> text = text(parameter.key());
    try {
      return text.map(parameter.parser());
    } catch (IllegalArgumentException e) {
      throw new RefusedRequestException(
          400,
          parameter.key()
              + " = "
              + shown(text.orElse(""))
              + " is refused; allowed is "
              + parameter.allowed()
              + ".");
    }
  }

  private static String decoded(String text) throws RefusedRequestException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedRequestException(400, "The parameters in the URL cannot be decoded.");
    }
  }

  private static String shown(String text) {
    return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
  }
}
