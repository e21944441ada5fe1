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

  /** This server: as the owner names it, or an HMAC of its host name. */
  public static final String SERVER_NAME = "server.name";

  /** Whom this process runs as: as the owner names it, or an HMAC of the account's name. */
  public static final String USER_ID = "user.id";

  /** An HMAC of the cluster's id, 32 lower-case hexadecimal digits. */
  public static final String CLUSTER_PSEUDONYM = "cluster.pseudonym";

  /** An HMAC of the node's id, 32 lower-case hexadecimal digits. */
  public static final String NODE_PSEUDONYM = "node.pseudonym";

  /** Present when the owner says which distribution of Kubernetes this is. */
  public static final String KUBERNETES_DISTRIBUTION = "kubernetes.distribution";

  public static final String KUBERNETES_VERSION = "kubernetes.version";

  // The process that reports and its host; singular.
  public static final String OS_NAME = "os.name";
  public static final String OS_ARCH = "os.arch";
  public static final String RUNTIME_NAME = "runtime.name";
  public static final String RUNTIME_VERSION = "runtime.version";

  // A StorageOS cluster, as its API tells; singular.
  public static final String STORAGE_VERSION = "storage.version";
  public static final String STORAGE_BUILD = "storage.build";
  public static final String STORAGE_API_VERSION = "storage.api-version";
  public static final String STORAGE_RUNTIME_VERSION = "storage.runtime-version";
  public static final String STORAGE_OS = "storage.os";
  public static final String STORAGE_ARCH = "storage.arch";
  public static final String STORAGE_LICENSE_TYPE = "storage.license-type";
  public static final String STORAGE_NODES = "storage.nodes";
  public static final String STORAGE_POOLS = "storage.pools";
  public static final String STORAGE_NAMESPACES = "storage.namespaces";
  public static final String STORAGE_RULES = "storage.rules";
  public static final String STORAGE_VOLUMES = "storage.volumes";
  public static final String STORAGE_VOLUMES_HEALTHY = "storage.volumes-healthy";
  public static final String STORAGE_VOLUMES_SYNCING = "storage.volumes-syncing";
  public static final String STORAGE_VOLUMES_SUSPECT = "storage.volumes-suspect";
  public static final String STORAGE_VOLUMES_DEGRADED = "storage.volumes-degraded";
  public static final String STORAGE_VOLUMES_OFFLINE = "storage.volumes-offline";

  /** Sum of the volumes' sizes, in bytes. */
  public static final String STORAGE_VOLUMES_BYTES = "storage.volumes-bytes";

  // A crash; singular, in reports of the kind crash only.

  /** The crash's id, 32 lower-case hexadecimal digits; also the id of the message about it. */
  public static final String CRASH_ID = "crash.id";

  public static final String CRASH_COMPONENT = "crash.component";

  /** When it happened, in ISO 8601 and UTC. */
  public static final String CRASH_AT = "crash.at";

  public static final String CRASH_LEVEL = "crash.level";
  public static final String CRASH_MESSAGE = "crash.message";
  public static final String CRASH_SIGNAL_NUMBER = "crash.signal-number";
  public static final String CRASH_SIGNAL_NAME = "crash.signal-name";
  public static final String CRASH_EXIT_CODE = "crash.exit-code";
  public static final String CRASH_CORE_DUMPED = "crash.core-dumped";

  /** How many crashes alike this report stands for; present when more than one. */
  public static final String CRASH_COUNT = "crash.count";

  // An exception of the crash; the subject is its place, counted from 0, the outermost first.
  public static final String CRASH_EXCEPTION_TYPE = "crash.exception-type";
  public static final String CRASH_EXCEPTION_MESSAGE = "crash.exception-message";

  // A frame of an exception's stack; the subject is the exception's place, a dot, and the frame's
  // place, counted from 0, the innermost first.
  public static final String CRASH_FRAME_CLASS = "crash.frame-class";
  public static final String CRASH_FRAME_METHOD = "crash.frame-method";
  public static final String CRASH_FRAME_FILE = "crash.frame-file";
  public static final String CRASH_FRAME_LINE = "crash.frame-line";

  // What somebody did in a product's web page; the subject is the event's place in the report,
  // counted from 0.
  public static final String UI_ID = "ui.id";
  public static final String UI_ACTION = "ui.action";
  public static final String UI_AT = "ui.at";
  public static final String UI_PRODUCT = "ui.product";
  public static final String UI_VERSION = "ui.version";

  /** A pseudonym, or the id itself where the owner opted in; present when somebody is logged in. */
  public static final String UI_USER = "ui.user";

  /** Stands for a browser and for nobody. */
  public static final String UI_VISITOR = "ui.visitor";

  /** Present for page views. */
  public static final String UI_PATH = "ui.path";

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
