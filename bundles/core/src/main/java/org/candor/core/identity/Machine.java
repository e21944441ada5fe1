package org.candor.core.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Host and account name: what this machine and the account are called. Asks no name service. */
@Component(service = Machine.class)
public final class Machine {

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** Names that many share, and that are words besides. */
  private static final Set<String> COMMON =
      Set.of("root", "karaf", "java", "admin", "user", "daemon", "service", "localhost");

  private final Map<String, String> environment;
  private final String account;
  private final Path hostNameFile;

  @Activate
  public Machine() {
    this(System.getenv(), System.getProperty("user.name", ""), HOST_NAME);
  }

  /**
   * @param account empty when it is not known
   */
  public Machine(Map<String, String> environment, String account, Path hostNameFile) {
    this.environment = Map.copyOf(environment);
    this.account = account;
    this.hostNameFile = hostNameFile;
  }

  /** The host's name, as the kernel or the environment knows it. */
  public Optional<String> hostName() {
    return Stream.of(kernelsName(), variable("HOSTNAME"), variable("COMPUTERNAME"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The account that this process runs as. */
  public Optional<String> account() {
    return Optional.of(account).filter(name -> !name.isBlank());
  }

  /** Names that identify this machine or its user. */
  public List<String> names() {
    return Stream.of(hostName(), account())
        .flatMap(Optional::stream)
        .filter(name -> !COMMON.contains(name))
        .toList();
  }

  private Optional<String> kernelsName() {
    try {
      return Optional.of(Files.readString(hostNameFile).strip()).filter(name -> !name.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
