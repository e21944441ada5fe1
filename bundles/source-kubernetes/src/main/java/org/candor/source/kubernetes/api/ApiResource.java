package org.candor.source.kubernetes.api;

/**
 * API resource: a kind of resource as the API has it.
 *
 * @param groupVersion such as {@code storageos.com/v1}
 * @param plural as it stands in paths
 * @param namespaced whether each lives in a namespace
 */
public record ApiResource(String groupVersion, String plural, boolean namespaced) {

  /**
   * The path of all of this kind.
   *
   * @param namespace where; empty for everywhere, and of no meaning for a kind that is in none
   */
  public String path(String namespace) {
    String within = namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
    return "/apis/" + groupVersion + within + "/" + plural;
  }
}
