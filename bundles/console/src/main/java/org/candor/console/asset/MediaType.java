package org.candor.console.asset;

/** Media type of a static file, by the extension of its name. */
enum MediaType {
  HTML(".html", "text/html; charset=utf-8"),
  CSS(".css", "text/css; charset=utf-8"),
  SCRIPT(".js", "text/javascript; charset=utf-8"),
  SVG(".svg", "image/svg+xml");

  private final String ending;
  private final String header;

  MediaType(String ending, String header) {
    this.ending = ending;
    this.header = header;
  }

  /**
   * The value of {@code Content-Type}.
   *
   * @throws IllegalArgumentException when there is no such kind
   */
  static String of(String file) {
    for (MediaType type : values()) {
      if (file.endsWith(type.ending)) {
        return type.header;
      }
    }
    throw new IllegalArgumentException(file + " is of no known kind");
  }
}
