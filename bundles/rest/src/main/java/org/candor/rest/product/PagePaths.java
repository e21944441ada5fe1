package org.candor.rest.product;

/** Path templating: turns a page's path into one that names no person and no thing. */
interface PagePaths {

  /** A page that no route is known for. */
  String UNKNOWN = "/unknown";

  /** The longest path that is kept, in characters. */
  int LONGEST = 200;

  /** The path with its parameters templated, without query and fragment; or {@link #UNKNOWN}. */
  String of(String path);

  /** A path without query and fragment, nor a slash at its end. */
  static String bare(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '?' && path.charAt(end) != '#') {
      end++;
    }
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
