package org.candor.core.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.candor.api.control.Forgotten.Named;
import org.candor.api.fact.Fact;
import org.candor.api.fact.FactNames;
import org.candor.api.fact.Value;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Settings;
import org.candor.api.source.IdentityHints;
import org.candor.core.settings.Etc;
import org.candor.core.store.Step;
import org.candor.core.store.Unfinished;
import org.candor.core.work.SerialTask;
import org.candor.core.work.Workers;
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
 * This installation's own facts. Ids that nobody gave are made at the first report and written to
 * the file in {@code etc/}, so that they outlive the data folder.
 */
@Component(
    service = {Identity.class, ConfigurationProblems.class},
    configurationPid = IdentityConfig.PID)
@Designate(ocd = IdentityConfig.class)
public final class Identity implements ConfigurationProblems {

  private static final Logger log = LoggerFactory.getLogger(Identity.class);
  private static final String FILE = "etc/" + IdentityConfig.PID + ".cfg";

  private final IdentityFiles files;
  private final Machine machine;
  private final Secret secret;
  private final Unfinished unfinished;
  private final UiUsers uiUsers;
  private final SerialTask look;

  /** What the file says where Config Admin says nothing, or what was true before. */
  private final Map<String, String> made = new TreeMap<>();

  /** What Config Admin says although the file says something else by now. */
  private final Map<String, String> outdated = new TreeMap<>();

  private final Map<String, String> compared = new TreeMap<>();
  private final ClusterIdFile idFile;
  private final Hints hints = new Hints();
  private Optional<String> lastClusterId = Optional.empty();
  private IdentityConfig config;
  private boolean secretless;

  @Activate
  public Identity(
      @Reference Etc etc,
      @Reference Machine machine,
      @Reference Unfinished unfinished,
      @Reference Workers workers,
      IdentityConfig config) {
    this(etc, machine, unfinished, workers::execute, config);
  }

  /**
   * @param workers read a file that is newly set
   */
  Identity(
      Etc etc, Machine machine, Unfinished unfinished, Executor workers, IdentityConfig config) {
    this.look = new SerialTask(workers, this::readIdFile);
    this.idFile = new ClusterIdFile(FILE, etc::resolve, log::error);
    this.machine = machine;
    this.unfinished = unfinished;
    this.secret = IdentityFiles.secret(etc);
    this.files = new IdentityFiles(etc);
    this.uiUsers =
        new UiUsers(new Settings(FILE, log::error), user -> pseudonym(FactNames.UI_USER, user));
    this.config = config;
    uiUsers.configure(config.uiUsers());
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
    return uiUsers.problems();
  }

  private synchronized void take(IdentityConfig next) {
    config = next;
    uiUsers.configure(next.uiUsers());
  }

  /** Whoever sets a file that cannot be used is told so now, and not at the next report. */
  private synchronized void readIdFile() {
    if (!config.clusterIdFile().isBlank()) {
      try {
        clusterId();
      } catch (IOException e) {
        log.error(e.getMessage());
      }
    }
  }

  /**
   * What stands in reports for the users of a product's web page; one for whom nothing can, since
   * there is no secret, is left out.
   */
  public synchronized Map<String, String> uiUsers(Set<String> users) {
    return uiUsers.of(users);
  }

  /**
   * The facts, one of each name.
   *
   * @throws IOException when the cluster's id cannot be read or kept: without it nothing may leave,
   *     or the same cluster would show as many
   */
  public synchronized List<Fact> facts() throws IOException {
    List<Fact> facts = new ArrayList<>();
    add(facts, FactNames.CLUSTER_ID, clusterId());
    add(facts, FactNames.NODE_ID, nodeId());
    addName(facts, FactNames.CLUSTER_PSEUDONYM, "", Optional.of(clusterId()));
    addName(facts, FactNames.NODE_PSEUDONYM, "", Optional.of(nodeId()));
    add(facts, FactNames.PRODUCT_NAME, config.product());
    addOrHint(facts, FactNames.PRODUCT_VERSION, config.version());
    add(facts, FactNames.PRODUCT_BUILD, config.build());
    addOrHint(facts, FactNames.PRODUCT_VARIANT, config.variant());
    addOrHint(facts, FactNames.PROVIDER, config.provider());
    addOrHint(facts, FactNames.PLATFORM, config.platform());
    addOrHint(facts, FactNames.CUSTOMER_KEY, config.customerKey());
    addOrHint(facts, FactNames.LICENSE_ID, config.licenseId());
    addName(facts, FactNames.SERVER_NAME, config.serverName(), machine.hostName());
    addName(facts, FactNames.USER_ID, config.loggingUser(), machine.account());
    return facts;
  }

  /** A name that the owner gives, or a pseudonym of the one that the machine knows. */
  private void addName(List<Fact> facts, String fact, String given, Optional<String> known) {
    if (given.isBlank()) {
      known
          .flatMap(name -> pseudonym(fact, name))
          .ifPresent(pseudonym -> add(facts, fact, pseudonym));
    } else {
      add(facts, fact, given);
    }
  }

  /** Empty when there is no secret to make it with: a report can do without it. */
  private Optional<String> pseudonym(String fact, String name) {
    try {
      Optional<String> pseudonym = Optional.of(secret.pseudonym(fact, name));
      secretless = false;
      return pseudonym;
    } catch (IOException e) {
      if (!secretless) {
        log.warn(
            "Reports leave without the pseudonyms of this server and its user, and no version is"
                + " asked for: {} Let this user read and write it.",
            e.toString());
      }
      secretless = true;
      return Optional.empty();
    }
  }

  /** What runs here; empty when nobody said. */
  public synchronized String product() {
    return config.product().strip();
  }

  /** The version of what runs here; empty when neither the owner nor another product said. */
  public synchronized String version() {
    return hints.or(config.version(), FactNames.PRODUCT_VERSION);
  }

  /** The cluster's id, which also gives the cluster its place in every interval. */
  public synchronized String clusterId() throws IOException {
    String id =
        config.clusterIdFile().isBlank()
            ? keptId(IdentityFiles.CLUSTER_ID, config.clusterId())
            : idFile.read(config.clusterIdFile().strip(), lastClusterId);
    lastClusterId = Optional.of(id);
    return id;
  }

  private String nodeId() throws IOException {
    return keptId(IdentityFiles.NODE_ID, config.nodeId());
  }

  private String keptId(String key, String configured) throws IOException {
    unfinished.finish();
    compare(key, configured.strip());
    if (!configured.isBlank() && !configured.strip().equals(outdated.get(key))) {
      return configured.strip();
    }
    if (made.containsKey(key)) {
      keepWritten(key, configured);
    } else {
      made.put(key, writtenId(key));
    }
    return made.get(key);
  }

  /**
   * File Install may put back what the file said before an id was written there, and the next start
   * would make up another one.
   */
  private void keepWritten(String key, String configured) {
    if (configured.isBlank() && !files.version().equals(compared.get(key))) {
      try {
        if (files.values().filter(values -> values.getOrDefault(key, "").isBlank()).isPresent()) {
          files.write(Map.of(key, made.get(key)));
          log.info("{}: {} was gone from there and is written again.", FILE, key);
        }
        compared.put(key, files.version());
      } catch (IOException e) {
        log.debug("{}: {} is looked for again", FILE, key, e);
      }
    }
  }

  /**
   * Config Admin's copy survives in the data folder what was changed while Karaf was down, or just
   * now: an id that was given up must not be told again.
   */
  private void compare(String key, String configured) throws IOException {
    String seen = files.version() + " " + configured;
    if (!configured.isEmpty() && !seen.equals(compared.get(key))) {
      Optional<String> inFile =
          read()
              .map(values -> values.getOrDefault(key, "").strip())
              .filter(id -> !id.isEmpty() && !id.contains("${") && !id.equals(configured));
      outdated.remove(key);
      if (inFile.isPresent()) {
        made.put(key, inFile.get());
        outdated.put(key, configured);
      }
      compared.put(key, seen);
    }
  }

  /** The file may already say what Config Admin has not been told yet. */
  private String writtenId(String key) throws IOException {
    String id = read().map(values -> values.get(key)).map(String::strip).orElse("");
    if (id.contains("${")) {
      throw new IOException(
          FILE + ": " + key + " = " + id + " has no value; it should hold an id.");
    }
    if (id.isEmpty()) {
      id = UUID.randomUUID().toString();
      write(key, id);
      log.info("{}: {} was made up and written there.", FILE, key);
    }
    return id;
  }

  private Optional<Map<String, String>> read() throws IOException {
    try {
      return files.values();
    } catch (IOException e) {
      throw new IOException(FILE + " cannot be read (" + e + "). Let this user read it.", e);
    }
  }

  private void write(String key, String id) throws IOException {
    try {
      files.write(Map.of(key, id));
    } catch (IOException e) {
      throw new IOException(
          FILE
              + " cannot be written ("
              + e
              + "). Let this user write it, or set "
              + key
              + " there.",
          e);
    }
  }

  /** Runs the step, which renews the files, while nobody asks for what they say. */
  public synchronized void forgetting(Step step) throws IOException {
    try {
      step.run();
    } finally {
      made.clear();
      outdated.clear();
      compared.clear();
      lastClusterId = Optional.empty();
      uiUsers.forget();
      secret.reset();
    }
  }

  /** The ids and pseudonyms that reports may have held so far; makes none. */
  public synchronized List<Named> known() {
    List<Named> known = new ArrayList<>();
    Optional<String> cluster = knownClusterId();
    Optional<String> node = knownId(IdentityFiles.NODE_ID, config.nodeId());
    cluster.ifPresent(id -> known.add(new Named(IdentityFiles.CLUSTER_ID, id)));
    node.ifPresent(id -> known.add(new Named(IdentityFiles.NODE_ID, id)));
    if (secret.exists()) {
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
    try {
      return config.clusterIdFile().isBlank()
          ? knownId(IdentityFiles.CLUSTER_ID, config.clusterId())
          : Optional.of(clusterId());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> knownId(String key, String configured) {
    try {
      compare(key, configured.strip());
      return Optional.of(configured.strip())
          .filter(id -> !id.isEmpty() && !id.equals(outdated.get(key)))
          .or(() -> Optional.ofNullable(made.get(key)))
          .or(() -> inFile(key));
    } catch (IOException e) {
      return Optional.of(configured.strip()).filter(id -> !id.isEmpty());
    }
  }

  private Optional<String> inFile(String key) {
    try {
      return read()
          .map(values -> values.getOrDefault(key, "").strip())
          .filter(id -> !id.isEmpty() && !id.contains("${"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What the owner or another product set and nobody else can renew. */
  public synchronized List<Named> givenByOwner() {
    return Stream.of(
            new Named("clusterIdFile", config.clusterIdFile()),
            new Named("product", config.product()),
            new Named("version", hints.or(config.version(), FactNames.PRODUCT_VERSION)),
            new Named("build", config.build()),
            new Named("variant", hints.or(config.variant(), FactNames.PRODUCT_VARIANT)),
            new Named("provider", hints.or(config.provider(), FactNames.PROVIDER)),
            new Named("platform", hints.or(config.platform(), FactNames.PLATFORM)),
            new Named("customerKey", hints.or(config.customerKey(), FactNames.CUSTOMER_KEY)),
            new Named("licenseId", hints.or(config.licenseId(), FactNames.LICENSE_ID)),
            new Named("serverName", config.serverName()),
            new Named("loggingUser", config.loggingUser()))
        .filter(given -> !given.value().isBlank())
        .toList();
  }

  private void addOrHint(List<Fact> facts, String name, String owners) {
    add(facts, name, hints.or(owners, name));
  }

  private static void add(List<Fact> facts, String name, String text) {
    facts.add(new Fact(name, "", new Value.Text(text.strip())));
  }
}
