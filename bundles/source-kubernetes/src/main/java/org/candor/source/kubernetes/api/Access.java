package org.candor.source.kubernetes.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An API server and how to be let in.
 *
 * @param base https, or http on this machine
 * @param tokenFile holds the bearer token; empty where none is needed
 * @param caFile holds the authority of the server's certificate; empty for those that all trust
 */
public record Access(URI base, Optional<Path> tokenFile, Optional<Path> caFile) {

  /**
   * The URL of a path and query below the base.
   *
   * @param path as it stands in a request line, with a slash before it
   */
  URI at(String path) {
    String root = base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath();
    return URI.create(root.replaceAll("/+$", "") + path);
  }
}
