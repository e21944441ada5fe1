package org.candor.source.dcos.mesos;

/**
 * A framework that is registered now.
 *
 * @param id empty when the master names none
 * @param name empty when the master names none
 */
public record Framework(String id, String name) {}
