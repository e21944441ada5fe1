package org.candor.core.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Settings;
import org.candor.api.source.IdentityHints;
import org.candor.control.Forgotten.Named;
import org.candor.core.settings.Etc;
import org.candor.core.store.IoAction;
import org.candor.core.store.ResetOrder;
import org.candor.core.store.Resettable;
import org.candor.core.work.SerialTask;
import org.candor.core.work.WorkerPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installation identity: this installation's own facts: what the owner gives, and ids that nobody
 * gave, which are generated at the first report and kept in a file of Candor's own, so that they
 * outlive the data folder. An id that was in force stays so when it vanishes from the owner's file.
 * Thread-safe.
 */
@Component(
    service = {Identity.class, ConfigurationProblems.class, Resettable.class},
    configurationPid = IdentityConfig.PID)
@Designate(ocd = IdentityConfig.class)
public final class Identity implements ConfigurationProblems, Resettable {

  private static final Logger log = LoggerFactory.getLogger(Identity.class);
  private static final String FILE = "etc/" + IdentityConfig.PID + ".cfg";

  /** What another product's files may say where the owner says nothing. */
  private static final Map<String, String> HINTED =
      Map.of(
          "version", FactNames.PRODUCT_VERSION,
          "variant", FactNames.PRODUCT_VARIANT,
          "provider", FactNames.PROVIDER,
          "platform", FactNames.PLATFORM,
          "customerKey", FactNames.CUSTOMER_KEY,
          "licenseId", FactNames.LICENSE_ID);

  /** What telemetry:forget leaves as it is. */
  private static final List<String> KEPT =
      List.of(
          "clusterIdFile",
          "product",
          "version",
          "build",
          "variant",
          "provider",
          "platform",
          "customerKey",
          "licenseId",
          "serverName",
          "loggingUser");

  private final IdentityFiles files;
  private final CopyDetector installation;
  private final Machine machine;
  private final WebUsers webUsers;
  private final SerialTask look;
  private final IdentitySettings given;
  private final ClusterIdFile idFile;
  private final Hints hints = new Hints();
  private final Set<String> ignored = new HashSet<>();
  private Optional<String> lastClusterId = Optional.empty();
  private boolean secretless;

  @Activate
  public Identity(
      @Reference Etc etc,
      @Reference Machine machine,
      @Reference IdentityFiles files,
      @Reference CopyDetector installation,
      @Reference WorkerPool workers,
      IdentityConfig config) {
    this(etc, machine, files, installation, workers::execute, config);
  }

  /**
   * @param workers read a file that is newly set
   */
  Identity(
      Etc etc,
      Machine machine,
      IdentityFiles files,
      CopyDetector installation,
      Executor workers,
      IdentityConfig config) {
    this.look = new SerialTask(workers, this::look);
    this.idFile = new ClusterIdFile(FILE, etc::resolve, log::error);
    this.machine = machine;
    this.files = files;
    this.installation = installation;
    this.given = new IdentitySettings(files, config);
    this.webUsers =
        new WebUsers(new Settings(FILE, log::error), user -> pseudonym(FactNames.UI_USER, user));
    webUsers.configure(config.uiUsers());
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindHints(IdentityHints source) {
    hints.add(source);
  }

  void unbindHints(IdentityHints source) {
    hints.remove(source);
  }

  @Modified
  public void modified(IdentityConfig config) {
    take(config);
    look.ask();
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return Stream.of(webUsers.problems(), idFile.problems()).flatMap(List::stream).toList();
  }

  private synchronized void take(IdentityConfig next) {
    given.configure(next);
  }

  /**
   * Fails fast: whoever sets a file that cannot be used learns it now, and not at the next report.
   */
  private synchronized void look() {
    try {
      given.look();
      if (given.value(IdentityFiles.CLUSTER_ID_FILE).isEmpty()) {
        idFile.clear();
      } else {
        clusterId();
      }
    } catch (IOException e) {
      log.error(e.getMessage());
    }
    webUsers.configure(given.value("uiUsers"));
  }

  /**
   * What stands in reports for the users of a product's web page; one for whom nothing can, since
   * there is no secret, is left out.
   */
  public synchronized Map<String, String> uiUsers(Set<String> users) {
    return webUsers.of(users);
  }

  /**
   * The facts, one of each name.
   *
   * @throws IOException when the cluster's id cannot be read or kept: without it nothing may leave,
   *     or the same cluster would show as many
   */
  public synchronized List<Fact> facts() throws IOException {
    List<Fact> facts = new ArrayList<>();
    String cluster = clusterId();
    String node = keptId(IdentityFiles.NODE_ID);
    add(facts, FactNames.CLUSTER_ID, cluster);
    add(facts, FactNames.NODE_ID, node);
    addName(facts, FactNames.CLUSTER_PSEUDONYM, "", Optional.of(cluster));
    addName(facts, FactNames.NODE_PSEUDONYM, "", Optional.of(node));
    add(facts, FactNames.PRODUCT_NAME, given.value("product"));
    addOrHint(facts, FactNames.PRODUCT_VERSION, given.value("version"));
    add(facts, FactNames.PRODUCT_BUILD, given.value("build"));
    addOrHint(facts, FactNames.PRODUCT_VARIANT, given.value("variant"));
    addOrHint(facts, FactNames.PROVIDER, given.value("provider"));
    addOrHint(facts, FactNames.PLATFORM, given.value("platform"));
    addOrHint(facts, FactNames.CUSTOMER_KEY, given.value("customerKey"));
    addOrHint(facts, FactNames.LICENSE_ID, given.value("licenseId"));
    addName(facts, FactNames.SERVER_NAME, given.value("serverName"), machine.hostName());
    addName(facts, FactNames.USER_ID, given.value("loggingUser"), machine.account());
    return facts;
  }

  /** A name that the owner gives, or a pseudonym of the one that the machine knows. */
  private void addName(List<Fact> facts, String fact, String owners, Optional<String> known) {
    if (owners.isBlank()) {
      known
          .flatMap(name -> pseudonym(fact, name))
          .ifPresent(pseudonym -> add(facts, fact, pseudonym));
    } else {
      add(facts, fact, owners);
    }
  }

  /** Empty when there is no secret to make it with: a report can do without it. */
  private Optional<String> pseudonym(String fact, String name) {
    try {
      Optional<String> pseudonym = Optional.of(files.secret().pseudonym(fact, name));
      secretless = false;
      return pseudonym;
    } catch (IOException e) {
      if (!secretless) {
        log.warn(
            "Reports are sent without the pseudonyms of this server and its user, and no version is"
                + " checked: {} Let this user read and write it.",
            e.toString());
      }
      secretless = true;
      return Optional.empty();
    }
  }

  /** What runs here; empty when nobody said. */
  public synchronized String product() {
    return given.value("product");
  }

  /** The version of what runs here; empty when neither the owner nor another product said. */
  public synchronized String version() {
    return hints.or(given.value("version"), FactNames.PRODUCT_VERSION);
  }

  /** The cluster's id, which also gives the cluster its place in every interval. */
  public synchronized String clusterId() throws IOException {
    ready();
    String file = given.value(IdentityFiles.CLUSTER_ID_FILE);
    String id =
        file.isEmpty() ? keptId(IdentityFiles.CLUSTER_ID) : idFile.read(file, lastClusterId);
    lastClusterId = Optional.of(id);
    if (!file.isEmpty()) {
      // What was retired in the owner's file stays so: this id is not from there.
      keep(IdentityFiles.CLUSTER_ID, id, UnaryOperator.identity());
    }
    return id;
  }

  /** What an earlier process left half done may change ids, and so may a copy's first start. */
  private void ready() throws IOException {
    installation.check();
    given.look();
  }

  /** The owner's id, or else the one that was in force, or else a new one. */
  private String keptId(String key) throws IOException {
    Optional<String> owners = owners(key);
    if (owners.isPresent()) {
      keep(key, owners.get(), ids -> ids.withoutRetired(key));
      return owners.get();
    }
    Optional<String> inForce = files.ids().inForce(key);
    return inForce.isPresent() ? inForce.get() : generated(key);
  }

  /** What the owner's file names, unless it was given up. */
  private Optional<String> owners(String key) throws IOException {
    Optional<String> id = given.id(key);
    boolean retired = id.isPresent() && files.ids().isRetired(key, id.get());
    if (!retired) {
      ignored.remove(key);
    } else if (ignored.add(key)) {
      log.warn(
          "{}: {} was retired, by telemetry:forget or because this is a copy, and is ignored until"
              + " another is set there; the one in use is in {}.",
          FILE,
          key,
          files.place());
    }
    return retired ? Optional.empty() : id;
  }

  /** So that it stays when the owner's file is lost. That this may fail costs no report. */
  private void keep(String key, String id, UnaryOperator<Ids> besides) {
    try {
      files.change(ids -> besides.apply(ids).withInForce(key, id));
    } catch (IOException e) {
      log.debug("That {} is {} cannot be saved", key, id, e);
    }
  }

  private String generated(String key) throws IOException {
    String id = UUID.randomUUID().toString();
    try {
      files.change(ids -> ids.withInForce(key, id));
    } catch (IOException e) {
      throw new IOException(
          "No "
              + key
              + " can be generated, since it cannot be saved: "
              + e.getMessage()
              + ". Let this user write one of them, or set "
              + key
              + " in "
              + FILE
              + ".",
          e);
    }
    log.info("{} was generated and saved in {}.", key, files.place());
    return id;
  }

  @Override
  public ResetOrder order() {
    return ResetOrder.IDENTITY;
  }

  /** Ids go with the installation, and not with the store. */
  @Override
  public void moving(IoAction step) throws IOException {
    step.run();
  }

  @Override
  public synchronized void erasing(IoAction step) throws IOException {
    try {
      step.run();
    } finally {
      ignored.clear();
      lastClusterId = Optional.empty();
      webUsers.forget();
      files.secret().reset();
    }
  }

  /** The ids and pseudonyms that reports may have held so far; makes none. */
  public synchronized List<Named> known() {
    List<Named> known = new ArrayList<>();
    Optional<String> cluster = knownClusterId();
    Optional<String> node = knownId(IdentityFiles.NODE_ID);
    cluster.ifPresent(id -> known.add(new Named(IdentityFiles.CLUSTER_ID, id)));
    node.ifPresent(id -> known.add(new Named(IdentityFiles.NODE_ID, id)));
    if (files.secret().exists()) {
      addPseudonym(known, "clusterPseudonym", FactNames.CLUSTER_PSEUDONYM, cluster);
      addPseudonym(known, "nodePseudonym", FactNames.NODE_PSEUDONYM, node);
      addPseudonym(known, "serverPseudonym", FactNames.SERVER_NAME, machine.hostName());
      addPseudonym(known, "userPseudonym", FactNames.USER_ID, machine.account());
    }
    return known;
  }

  private void addPseudonym(
      List<Named> known, String name, String fact, Optional<String> pseudonymous) {
    pseudonymous
        .flatMap(id -> pseudonym(fact, id))
        .ifPresent(pseudonym -> known.add(new Named(name, pseudonym)));
  }

  private Optional<String> knownClusterId() {
    String file = given.value(IdentityFiles.CLUSTER_ID_FILE);
    try {
      return file.isEmpty()
          ? knownId(IdentityFiles.CLUSTER_ID)
          : Optional.of(idFile.read(file, lastClusterId));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> knownId(String key) {
    try {
      given.look();
      Optional<String> owners = owners(key);
      return owners.isPresent() ? owners : files.ids().inForce(key);
    } catch (IOException e) {
      return Optional.of(given.value(key)).filter(id -> !id.isEmpty() && !id.contains("${"));
    }
  }

  /** What the owner or another product set and nobody else can renew. */
  public synchronized List<Named> givenByOwner() {
    return KEPT.stream()
        .map(key -> new Named(key, kept(key)))
        .filter(named -> !named.value().isEmpty())
        .toList();
  }

  private String kept(String key) {
    String fact = HINTED.getOrDefault(key, "");
    return hints.or(given.value(key), fact);
  }

  private void addOrHint(List<Fact> facts, String name, String owners) {
    add(facts, name, hints.or(owners, name));
  }

  private static void add(List<Fact> facts, String name, String text) {
    facts.add(new Fact(name, "", new Value.Text(text.strip())));
  }
}
