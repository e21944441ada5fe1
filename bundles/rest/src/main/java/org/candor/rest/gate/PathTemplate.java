package org.candor.rest.gate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Path template: one path, or many: with a slash at its end all that begin with it, with a
 * parameter, such as {@code /v1/sent/{id}/payload}, all that have something in its place.
 */
public final class PathTemplate {

  private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

  private final String text;
  private final Pattern paths;

  public PathTemplate(String text) {
    this.text = text;
    StringBuilder pattern = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(text);
    int end = 0;
    while (parameter.find()) {
      pattern.append(Pattern.quote(text.substring(end, parameter.start()))).append("([^/]+)");
      end = parameter.end();
    }
    pattern.append(Pattern.quote(text.substring(end))).append(text.endsWith("/") ? ".*" : "");
    paths = Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }

  /** Whether the path is one of these. */
  boolean fits(String path) {
    return paths.matcher(path).matches();
  }

  /** What stands in the parameter's place; empty when there is none. */
  public Optional<String> parameter(String path) {
    Matcher matcher = paths.matcher(path);
    return matcher.matches() && matcher.groupCount() == 1
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
