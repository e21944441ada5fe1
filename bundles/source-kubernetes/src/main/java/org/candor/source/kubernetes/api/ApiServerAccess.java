package org.candor.source.kubernetes.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Connection settings: an API server and how to be let in.
 *
 * @param base https, or http on this machine
 * @param tokenFile holds the bearer token; empty where none is needed
 * @param caFile holds the authority of the server's certificate; empty for those that all trust
 */
public record ApiServerAccess(URI base, Optional<Path> tokenFile, Optional<Path> caFile) {

  /**
   * The URL of a path and query below the base.
   *
   * @param path as it stands in a request line, with a slash before it
   */
  URI at(String path) {
    String root = base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath();
    return URI.create(root.replaceAll("/+$", "") + path);
  }

  // JDK 17 keeps the record class whose generated equals was linked last, and so its class loader:
  // java.lang.runtime.ObjectMethods compares through one method handle, which remembers its type.
  @Override
  public boolean equals(Object other) {
    return other instanceof ApiServerAccess that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(base, tokenFile, caFile);
  }
}
