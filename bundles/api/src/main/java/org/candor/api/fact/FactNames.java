package org.candor.api.fact;

/**
 * Names of the facts that more than one bundle knows. A source may make up names of its own; a
 * formatter sees a fact only when its catalogue names it.
 */
public final class FactNames {

  // This installation, from etc/org.candor.identity.cfg; singular.
  public static final String CLUSTER_ID = "cluster.id";
  public static final String NODE_ID = "node.id";
  public static final String PRODUCT_NAME = "product.name";
  public static final String PRODUCT_VERSION = "product.version";
  public static final String PRODUCT_BUILD = "product.build";
  public static final String PRODUCT_VARIANT = "product.variant";
  public static final String PROVIDER = "provider";
  public static final String PLATFORM = "platform";
  public static final String CUSTOMER_KEY = "customer.key";
  public static final String LICENSE_ID = "license.id";

  /** Nodes on which a unit is; the subject is the unit's name. */
  public static final String UNIT_TOTAL = "unit.total";

  /** Nodes on which a unit itself fails; the subject is the unit's name. */
  public static final String UNIT_UNHEALTHY = "unit.unhealthy";

  /** Nodes that a cluster's health report lists. */
  public static final String NODES_TOTAL = "nodes.total";

  /** Nodes that a cluster's health report lists without knowing their health. */
  public static final String NODES_UNKNOWN = "nodes.unknown";

  /** Number of installed packages; present whenever packages were looked at. */
  public static final String PACKAGE_COUNT = "package.count";

  /** An installed package's name; the subject is the application's id. */
  public static final String PACKAGE_NAME = "package.name";

  /** An installed package's version; the subject is the application's id. */
  public static final String PACKAGE_VERSION = "package.version";

  /** A Mesos framework's name; the subject is the framework's id. */
  public static final String FRAMEWORK_NAME = "framework.name";

  // Figures of a Mesos master; singular.
  public static final String MESOS_CPU_TOTAL = "mesos.cpu-total";
  public static final String MESOS_CPU_USED = "mesos.cpu-used";
  public static final String MESOS_MEM_TOTAL = "mesos.mem-total";
  public static final String MESOS_MEM_USED = "mesos.mem-used";
  public static final String MESOS_DISK_TOTAL = "mesos.disk-total";
  public static final String MESOS_DISK_USED = "mesos.disk-used";
  public static final String MESOS_TASK_COUNT = "mesos.task-count";
  public static final String MESOS_FRAMEWORK_COUNT = "mesos.framework-count";
  public static final String MESOS_AGENTS_CONNECTED = "mesos.agents-connected";
  public static final String MESOS_AGENTS_ACTIVE = "mesos.agents-active";

  private FactNames() {}
}
