package org.candor.rest.product;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A path is one of the routes that the owner wrote down, or unknown. */
final class RoutePaths implements PagePaths {

  private static final Pattern TEMPLATE =
      Pattern.compile("/|(/([A-Za-z0-9_.-]{1,100}|\\[[A-Za-z_-]{1,30}]))+");

  private final Set<String> exact;
  private final List<String[]> templates;

  RoutePaths(List<String> routes) {
    exact = new HashSet<>(routes);
    templates = routes.stream().map(RoutePaths::parts).toList();
  }

  static boolean isTemplate(String text) {
    return text.length() <= LONGEST && TEMPLATE.matcher(text).matches();
  }

  @Override
  public String of(String path) {
    String bare = PagePaths.bare(path);
    if (exact.contains(bare)) {
      return bare;
    }
    String[] parts = parts(bare);
    return templates.stream()
        .filter(template -> fits(template, parts))
        .findFirst()
        .map(template -> String.join("/", template))
        .orElse(UNKNOWN);
  }

  private static String[] parts(String path) {
    return path.split("/", -1);
  }

  private static boolean fits(String[] template, String[] parts) {
    if (template.length != parts.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      boolean parameter = template[i].startsWith("[");
      if (parameter ? parts[i].isEmpty() : !template[i].equals(parts[i])) {
        return false;
      }
    }
    return true;
  }

  /** As the owner's routes say; by the look of the path when there are none. */
  static PagePaths of(List<String> routes) {
    return Optional.of(routes)
        .filter(some -> !some.isEmpty())
        .<PagePaths>map(RoutePaths::new)
        .orElseGet(WordPaths::new);
  }
}
