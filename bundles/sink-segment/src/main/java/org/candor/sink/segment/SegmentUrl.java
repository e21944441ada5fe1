package org.candor.sink.segment;

import java.net.URI;
import java.util.Locale;
import org.candor.api.settings.Setting;

/**
 * Endpoint URL: where batches go.
 *
 * @param base as configured, without a slash at its end
 */
record SegmentUrl(String base) {

  private static final Setting<URI> ADDRESS = Setting.uri("endpoint", "https", "http");

  /** The key of the configuration file. */
  static final Setting<SegmentUrl> SETTING =
      new Setting<>(
          ADDRESS.key(), ADDRESS.allowed() + ", and neither query nor fragment", SegmentUrl::parse);

  private static SegmentUrl parse(String text) {
    URI uri = ADDRESS.parser().apply(text);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    return new SegmentUrl(text.replaceAll("/+$", ""));
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
