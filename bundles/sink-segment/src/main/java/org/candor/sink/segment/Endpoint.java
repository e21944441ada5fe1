package org.candor.sink.segment;

import java.net.URI;
import java.util.Locale;
import org.candor.api.settings.Setting;

/**
 * Where batches go.
 *
 * @param base as configured, without a slash at its end
 */
record Endpoint(String base) {

  private static final Setting<URI> ADDRESS = Setting.uri("endpoint", "https", "http");

  /** The key of the configuration file. */
  static final Setting<Endpoint> SETTING =
      new Setting<>(
          ADDRESS.key(), ADDRESS.allowed() + ", and neither query nor fragment", Endpoint::parse);

  private static Endpoint parse(String text) {
    URI uri = ADDRESS.parser().apply(text);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    return new Endpoint(text.replaceAll("/+$", ""));
  }

  /** The same for all spellings of an address, and nobody's credentials. */
  String normalised() {
    URI uri = URI.create(base);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
    return scheme
        + "://"
        + uri.getHost().toLowerCase(Locale.ROOT)
        + (usual ? "" : ":" + uri.getPort())
        + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }

  /** Segment's "batch" call. */
  URI batch() {
    return URI.create(base + "/v1/batch");
  }
}
