package org.candor.source.storageos.cluster;

/**
 * What a cluster's nodes run; what the API does not tell is empty.
 *
 * @param version of StorageOS
 * @param build of StorageOS: the reference of the pipeline that built it, else the revision
 * @param apiVersion such as {@code 1}
 * @param runtimeVersion of Go
 * @param os such as {@code linux}
 * @param arch such as {@code amd64}
 */
public record Software(
    String version,
    String build,
    String apiVersion,
    String runtimeVersion,
    String os,
    String arch) {

  /** Nothing is known. */
  public static final Software UNKNOWN = new Software("", "", "", "", "", "");
}
