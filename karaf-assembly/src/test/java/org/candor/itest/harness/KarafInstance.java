package org.candor.itest.harness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Karaf in a scratch copy of the distribution, with ports of its own and no Maven repository but
 * the one that it brings along. Its process ends with the tests, whatever happens.
 */
public final class KarafInstance implements AutoCloseable {

  /** Longer than a boot takes on two busy cores. */
  private static final Duration BOOT = Duration.ofSeconds(90);

  private static final Duration COMMAND = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 2;
  private static final int TAIL = 60;

  /** Before all that has to be resolved. */
  private static final int AGENT_LEVEL = 9;

  /** Whether it is as it comes; if not, it does in a hurry what tests wait for again and again. */
  private static final boolean AS_IT_COMES = Boolean.getBoolean("candor.measure");

  /** Enters the root $0 as the machine whose id is in the file $1, and runs the rest there. */
  private static final String MACHINE =
      """
      set -e
      mount -t tmpfs none "$0"
      for each in /*; do
        if [ -L "$each" ]; then cp -P "$each" "$0$each"
        elif [ -d "$each" ]; then mkdir "$0$each" && mount --rbind "$each" "$0$each"
        fi
      done
      mount --bind "$1" "$0/etc/machine-id"
      mount --bind /dev/null "$0/proc/1/cgroup"
      shift
      exec chroot "$0" "$@"
      """;

  private final String name;
  private final Path base;
  private final Etc etc;
  private final int sshPort = freePort();
  private final int httpPort = freePort();
  private final Map<String, String> environment = new HashMap<>();
  private final Shell shell = new Shell();
  private final Thread atExit = new Thread(this::end, "karaf-killer");
  private Optional<Island> island = Optional.empty();
  private Optional<Process> process = Optional.empty();
  private Optional<String> machine = Optional.empty();
  private boolean readOnlyEtc;
  private Path home;
  private int hangs;

  /** Copies and configures; starts nothing. */
  public KarafInstance(String name) throws IOException {
    this(name, Path.of(System.getProperty("candor.assembly")));
  }

  /**
   * Copies the folder of one that does not run to another place, with ports of its own; starts
   * nothing. Its data folder names the original: start it with {@code clean}.
   */
  public KarafInstance copyAs(String name) throws IOException {
    return new KarafInstance(name, base);
  }

  /** An instance that was created from this one, with ports of its own; starts nothing. */
  public KarafInstance child(String name) throws IOException {
    return instance(name, "instance:create " + name);
  }

  /** An instance that was cloned from this one, with ports of its own; starts nothing. */
  public KarafInstance cloned(String name) throws IOException {
    KarafInstance clone = instance(name, "instance:clone root " + name);
    // Karaf starts its instances without the scripts that it copies for them, which do not work.
    clone.home = base;
    clone.environment("KARAF_BASE", clone.base.toString());
    return clone;
  }

  private KarafInstance instance(String name, String creation) throws IOException {
    run(creation);
    KarafInstance child =
        new KarafInstance(base.resolve("instances").resolve(name), base, "agent-of-" + name);
    // Karaf takes another root that runs for a second start of the same one.
    child.environment("CHECK_ROOT_INSTANCE_RUNNING", "false");
    return child;
  }

  private KarafInstance(String name, Path original) throws IOException {
    this(scratch(name, original));
  }

  private KarafInstance(Path base) throws IOException {
    this(base, base, "agent");
  }

  private KarafInstance(Path base, Path home, String agent) throws IOException {
    this.name = base.getFileName().toString();
    this.base = base;
    this.home = base;
    this.etc = new Etc(base.resolve("etc"), this::isRunning);
    configure();
    bringAgent(home, agent);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  private static Path scratch(String name, Path original) throws IOException {
    Path base = Path.of(System.getProperty("candor.scratch"), name).toAbsolutePath();
    new Folder(base).delete();
    new Folder(original).copyTo(base);
    return base;
  }

  /** A port that nobody uses. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Waits until somebody listens there, which a change in etc takes a moment to bring about. */
  public static void awaitPort(int port) throws Exception {
    Eventually.await(
        "a listener on port " + port, Duration.ofSeconds(6), () -> isOpen(port), open -> open);
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void configure() throws IOException {
    etc.set("org.apache.karaf.shell", "sshPort", String.valueOf(sshPort));
    etc.set("org.apache.karaf.shell", "sshHost", "127.0.0.1");
    String management = "org.apache.karaf.management";
    etc.set(management, "rmiRegistryPort", String.valueOf(freePort()));
    etc.set(management, "rmiServerPort", String.valueOf(freePort()));
    etc.set(management, "rmiRegistryHost", "127.0.0.1");
    etc.set(management, "rmiServerHost", "127.0.0.1");
    etc.set("org.candor.rest", "port", String.valueOf(httpPort));
    etc.write(
        "org.ops4j.pax.url.mvn",
        """
        org.ops4j.pax.url.mvn.useFallbackRepositories = false
        org.ops4j.pax.url.mvn.repositories =
        org.ops4j.pax.url.mvn.localRepository = %s
        org.ops4j.pax.url.mvn.defaultRepositories = \
        ${karaf.home.uri}${karaf.default.repository}@id=system.repository@snapshots
        """
            .formatted(base.resolve("no-repository")));
    Files.writeString(
        base.resolve("etc/users.properties"),
        """
        karaf = karaf,_g_:admingroup
        _g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh
        onlooker = onlooker,viewer,ssh
        """);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_MAX_MEM", "256m");
    environment.put("EXTRA_JAVA_OPTS", "-Duser.home=" + base);
    if (!AS_IT_COMES) {
      hurry();
    }
    Files.createDirectories(base.resolve("data/tmp"));
  }

  private void bringAgent(Path home, String name) throws IOException {
    Path agent = home.resolve("system/itest/%1$s/1/%1$s-1.jar".formatted(name));
    Files.createDirectories(agent.getParent());
    shell.writeAgent(agent);
    // What was copied may name the one of the original.
    Path startup = base.resolve("etc/startup.properties");
    Files.writeString(
        startup,
        Files.readString(startup).replaceAll("mvn\\\\:itest/.*", "")
            + "\nmvn\\:itest/"
            + name
            + "/1 = "
            + AGENT_LEVEL
            + "\n");
  }

  /** The JVM compiles once, SSH's keys are small, File Install looks four times a second. */
  private void hurry() throws IOException {
    environment.merge("EXTRA_JAVA_OPTS", " -XX:TieredStopAtLevel=1", String::concat);
    etc.set("org.apache.karaf.shell", "algorithm", "EC");
    etc.set("org.apache.karaf.shell", "keySize", "256");
    Path framework = base.resolve("etc/config.properties");
    Files.writeString(
        framework,
        Files.readString(framework).replaceAll("(felix.fileinstall.poll +=) 1000", "$1 250"));
  }

  public Path base() {
    return base;
  }

  /** The ids that are in force, by their names. */
  public Map<String, String> ids() throws IOException {
    Map<String, String> ids = new TreeMap<>();
    Path file = state("org.candor.identity.ids");
    if (Files.exists(file)) {
      Files.readString(file)
          .lines()
          .filter(line -> line.matches("(clusterId|nodeId) = .+"))
          .forEach(line -> ids.put(line.split(" = ")[0], line.split(" = ")[1]));
    }
    return ids;
  }

  /** Where a state of Candor's own is: what is in var is newer than what is in etc. */
  private Path state(String name) {
    Path fallback = base.resolve("var/candor").resolve(name);
    return Files.exists(fallback) ? fallback : base.resolve("etc").resolve(name);
  }

  /** The secret with which names become pseudonyms, in hexadecimal digits. */
  public String secret() throws IOException {
    return Files.readString(state("org.candor.identity.secret"))
        .lines()
        .filter(line -> !line.startsWith("#"))
        .findFirst()
        .orElseThrow();
  }

  public Etc etc() {
    return etc;
  }

  public KarafInstance environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public KarafInstance withoutEnvironment(String variable) {
    environment.remove(variable);
    return this;
  }

  /** Has the process run in a network of its own; call it before the start. */
  public KarafInstance on(Island island) {
    this.island = Optional.of(island);
    return this;
  }

  /**
   * Has the process see an {@code etc} that nobody can write, root neither; call it before the
   * start, which needs {@code unshare}, {@code mount} and root.
   */
  public KarafInstance withReadOnlyEtc() {
    readOnlyEtc = true;
    return this;
  }

  /**
   * Has the process see a machine of this id, and no container: another root, with all folders of
   * this one and none of its files. Call it before the start, which needs {@code unshare}, {@code
   * mount}, {@code chroot} and root.
   *
   * @param id 32 hexadecimal digits, as in machine-id(5)
   */
  public KarafInstance onMachine(String id) {
    machine = Optional.of(id);
    return this;
  }

  private List<String> entry() throws IOException {
    List<String> entry = new ArrayList<>(island.map(Island::entry).orElse(List.of()));
    if (machine.isPresent()) {
      Path root = Files.createDirectories(base.resolveSibling(name + ".root"));
      Path id = Files.writeString(base.resolveSibling(name + ".machine-id"), machine.get() + "\n");
      entry.addAll(
          List.of("unshare", "--mount", "sh", "-c", MACHINE, root.toString(), id.toString()));
    }
    if (readOnlyEtc) {
      entry.addAll(
          List.of(
              "unshare",
              "--mount",
              "sh",
              "-c",
              "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"",
              base.resolve("etc").toString()));
    }
    return entry;
  }

  /** Where HTTP is served on loopback. */
  public int httpPort() {
    return httpPort;
  }

  /** Starts the process and does not wait for anything. */
  public void start(String... arguments) throws IOException {
    List<String> command = entry();
    command.addAll(List.of(home.resolve("bin/karaf").toString(), "daemon"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // The machine's own settings must not decide what a test sees.
    builder
        .environment()
        .keySet()
        .removeIf(
            key ->
                key.matches("(DISABLE|KARAF)_.*|DO_NOT_TRACK|container|KUBERNETES_SERVICE_HOST"));
    builder.environment().putAll(environment);
    Path output = base.resolveSibling(name + ".out");
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    process = Optional.of(builder.start());
  }

  /**
   * Starts the process and waits until its shell answers and its channels are there.
   *
   * @return how long that took
   */
  public Duration boot(String... arguments) throws Exception {
    long begin = System.nanoTime();
    start(arguments);
    Eventually.await(
        "shell of " + name, BOOT, this::greeting, greeting -> greeting.contains("\"segment\""));
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private String greeting() {
    if (!isRunning()) {
      throw new AssertionError("the process of " + name + " ended");
    }
    try {
      return command("telemetry:status --json").out();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Whether its process is there. */
  public boolean isRunning() {
    return process.filter(Process::isAlive).isPresent();
  }

  public long pid() {
    return process.orElseThrow().pid();
  }

  /** Ends the process as a power loss does. */
  public void kill() throws InterruptedException {
    destroy();
    process.orElseThrow().waitFor(10, TimeUnit.SECONDS);
  }

  /** Ends the process and leaves those alone that it began, as {@code kill -9} does. */
  public void killAlone() throws InterruptedException {
    ours().forEach(ProcessHandle::destroyForcibly);
    process.orElseThrow().waitFor(10, TimeUnit.SECONDS);
  }

  /** The JVM, which may be a child of the script. */
  private Stream<ProcessHandle> ours() {
    return ProcessHandle.allProcesses()
        .filter(other -> other.info().command().orElse("").endsWith("/java"))
        .filter(this::isOurs);
  }

  private boolean isOurs(ProcessHandle other) {
    return other.pid() == pid()
        || other.parent().filter(parent -> parent.pid() == pid()).isPresent();
  }

  /** Ends the process as its owner does. */
  public Duration stop() throws Exception {
    long begin = System.nanoTime();
    process.orElseThrow().toHandle().destroy();
    if (!process.orElseThrow().waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " does not stop");
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** Runs a command as the administrator. */
  public Answer command(String line) throws IOException {
    return command("karaf", line);
  }

  public Answer command(String user, String line) throws IOException {
    return shell.run(user, line, COMMAND);
  }

  /** A session of the administrator, over SSH. */
  public Terminal terminal() throws IOException {
    return terminal("karaf");
  }

  /** A session of somebody, over SSH. */
  public Terminal terminal(String user) throws IOException {
    return new Terminal(user, sshPort, this::loginHangs);
  }

  /**
   * Once in a thousand times, Karaf's SSH server (sshd 2.17.1 on Linux 6.18) takes no connection
   * any more: the kernel has made it, the server's threads all wait, and stay so. A change of its
   * configuration makes Karaf open another one.
   */
  private void loginHangs() {
    dumpThreads();
    try {
      etc.set("org.apache.karaf.shell", "sshIdleTimeout", String.valueOf(1_800_000 + ++hangs));
    } catch (IOException e) {
      System.out.println("The SSH server stays as it is: " + e.getMessage());
    }
  }

  /** Beside its folder: what Karaf, these tests and the connections between them wait for. */
  private void dumpThreads() {
    Path dump = base.resolveSibling(name + ".threads");
    Stream.concat(ours(), Stream.of(ProcessHandle.current()))
        .map(ProcessHandle::pid)
        .forEach(
            pid ->
                append(
                    dump,
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    pid.toString(),
                    "Thread.print"));
    append(dump, "ss", "-tanpi", "sport = :%1$d or dport = :%1$d".formatted(sshPort));
    System.out.println("A login hangs; what Karaf does is in " + dump);
  }

  private static void append(Path file, String... command) {
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()))
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      System.out.println(String.join(" ", command) + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a command that has to succeed. */
  public Answer run(String line) throws IOException {
    Answer answer = command(line);
    if (answer.exit() != 0) {
      throw new AssertionError(line + " failed: " + answer);
    }
    return answer;
  }

  /** Runs a command through {@code bin/client -b}, in a process of its own. */
  public Answer client(String lines) throws Exception {
    Eventually.await("the SSH server", COMMAND, () -> isOpen(sshPort), open -> open);
    Path input = Files.writeString(base.resolve("data/tmp/client.in"), lines + "\n");
    Path output = base.resolve("data/tmp/client.out");
    ProcessBuilder builder =
        new ProcessBuilder(
            base.resolve("bin/client").toString(), "-u", "karaf", "-p", "karaf", "-b");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectInput(input.toFile()).redirectOutput(output.toFile());
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Process client = builder.start();
      if (client.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
        return new Answer(client.exitValue(), Files.readString(output), "");
      }
      client.destroyForcibly();
      loginHangs();
    }
    throw new AssertionError("bin/client does not end: " + Files.readString(output));
  }

  /** The channel {@code segment} as {@code telemetry:status} shows it. */
  public JsonObject channel() throws IOException {
    return channel("segment");
  }

  /** A channel as {@code telemetry:status} shows it. */
  public JsonObject channel(String name) throws IOException {
    for (JsonElement channel : run("telemetry:status --json").object().getAsJsonArray("channels")) {
      if (channel.getAsJsonObject().get("name").getAsString().equals(name)) {
        return channel.getAsJsonObject();
      }
    }
    throw new AssertionError("no channel " + name);
  }

  /** Waits for a state of the channel. */
  public JsonObject awaitState(String state, Duration atMost) throws Exception {
    return Eventually.await(
        "state " + state,
        atMost,
        this::channel,
        channel -> channel.get("state").getAsString().equals(state));
  }

  /** Lines of {@code bundle:list} about what neither is active nor a fragment. */
  public List<String> bundlesNotActive() throws Exception {
    // It fails on a bundle that goes away while it lists them.
    return Eventually.await(
            "a list of bundles",
            COMMAND,
            () -> command("bundle:list -t 0 --no-format"),
            answer -> answer.exit() == 0)
        .out()
        .lines()
        .filter(line -> !line.contains("\tActive") && !line.matches(".*\\tResolved.*Hosts: .*"))
        .filter(line -> line.matches("\\s*\\d.*"))
        .toList();
  }

  /** The log so far. */
  public List<String> log() throws IOException {
    return Files.readAllLines(base.resolve("data/log/karaf.log"));
  }

  /** What was logged last, for the message of a test that failed. */
  public String tail() {
    try {
      List<String> log = log();
      return String.join("\n", log.subList(Math.max(0, log.size() - TAIL), log.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private void end() {
    destroy();
    try {
      shell.close();
    } catch (IOException e) {
      System.out.println("A file of " + name + " stays: " + e.getMessage());
    }
  }

  private void destroy() {
    process.ifPresent(
        running -> {
          running.descendants().forEach(ProcessHandle::destroyForcibly);
          running.destroyForcibly();
        });
  }
}
