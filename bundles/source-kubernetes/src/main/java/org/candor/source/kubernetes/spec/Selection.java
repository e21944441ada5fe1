package org.candor.source.kubernetes.spec;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.source.kubernetes.api.KindName;

/**
 * Which resources are the cluster specification.
 *
 * @param kind of which kind
 * @param name of which name; empty for all
 * @param namespace in which namespace; empty for that of the file, or else for all
 * @param namespaceFile names the namespace of the pod
 */
public record Selection(
    KindName kind, String name, String namespace, Optional<Path> namespaceFile) {

  /** What a namespace may be called (RFC 1123, a label). */
  public static final String NAMESPACE = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** What a resource may be called (RFC 1123, a subdomain). */
  public static final String NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

  /** The namespace; empty for all. */
  String where() throws SourceException {
    if (!namespace.isEmpty() || namespaceFile.isEmpty()) {
      return namespace;
    }
    Path file = namespaceFile.get();
    try {
      String read = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
      if (read.matches(NAMESPACE)) {
        return read;
      }
    } catch (IOException e) {
      throw unusable(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    throw unusable(file + " names no namespace");
  }

  private static SourceException unusable(String what) {
    return new SourceException(FailureReason.FAILED, what + "; set namespace.");
  }

  /** Whether a resource is meant. */
  boolean covers(Spec spec) {
    return name.isEmpty() || name.equals(spec.name());
  }

  /**
   * Names this selection among those of all API servers, for {@link
   * org.candor.api.consent.Verdict#target}. The pod's own namespace is named as such, since a file
   * has to be read to learn it.
   *
   * @param api the API server
   */
  public String target(URI api) {
    String where = namespaceFile.isPresent() && namespace.isEmpty() ? "(the pod's)" : namespace;
    return api.toString().replaceAll("/+$", "")
        + " "
        + kind
        + " "
        + (where.isEmpty() ? "*" : where)
        + "/"
        + (name.isEmpty() ? "*" : name);
  }

  @Override
  public String toString() {
    return kind.word() + (name.isEmpty() ? "" : " " + name);
  }

  // JDK 17 keeps the record class whose generated equals was linked last, and so its class loader:
  // java.lang.runtime.ObjectMethods compares through one method handle, which remembers its type.
  @Override
  public boolean equals(Object other) {
    return other instanceof Selection that && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return List.of(kind, name, namespace, namespaceFile);
  }
}
