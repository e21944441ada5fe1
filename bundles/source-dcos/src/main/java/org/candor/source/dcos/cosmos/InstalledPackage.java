package org.candor.source.dcos.cosmos;

/**
 * An installed package; what Cosmos does not say is empty.
 *
 * @param appId id of the application that runs it
 * @param name of the package
 * @param version of the package
 */
public record InstalledPackage(String appId, String name, String version) {}
