package org.candor.source.dcos;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.candor.api.Deadline;
import org.candor.api.file.SecretFile;
import org.candor.api.file.UnusableSecretException;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.source.FailureReason;
import org.candor.api.source.SourceException;
import org.candor.http.HttpCall;
import org.candor.http.HttpTransport;
import org.candor.http.json.JsonClient;
import org.candor.http.json.StatusException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/**
 * Authenticated client: asks the cluster's services; with which token, and trusting whom. Safe for
 * several threads; calls block.
 */
@Component(
    service = {DcosClient.class, ConfigurationProblems.class},
    configurationPid = DcosConfig.PID)
public final class DcosClient implements ConfigurationProblems {

  /** Where nobody listens in on the way. */
  private static final String HERE = "localhost|127(\\.\\d{1,3}){3}|\\[::1]";

  /** DC/OS takes {@code token=…}; what names its scheme itself is sent as it is. */
  private static final String SCHEME = "(?i)(token=|Bearer ).*";

  private static final Setting<Optional<Path>> TOKEN_FILE = PathSetting.of("tokenFile");
  private static final Setting<Optional<Path>> CA_FILE = PathSetting.of("caFile");

  private final JsonClient client;
  private final Settings settings =
      new Settings(DcosConfig.FILE, LoggerFactory.getLogger(DcosClient.class)::error);
  private volatile Keys keys = new Keys("", Optional.empty(), Optional.empty());

  @Activate
  public DcosClient(@Reference HttpTransport transport, DcosConfig config) {
    this(transport);
    modified(config);
  }

  /** With neither token nor authority. */
  DcosClient(HttpTransport transport) {
    this.client = new JsonClient(transport, this::hint);
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  /** What the configuration says; a token is no one's business, and in no message. */
  private record Keys(String token, Optional<Path> tokenFile, Optional<Path> caFile) {
    boolean hasToken() {
      return !token.isEmpty() || tokenFile.isPresent();
    }
  }

  @Modified
  void modified(DcosConfig config) {
    keys =
        new Keys(
            config.token().strip(),
            settings.read(TOKEN_FILE, config.tokenFile()).flatMap(Function.identity()),
            settings.read(CA_FILE, config.caFile()).flatMap(Function.identity()));
  }

  /**
   * Asks for a JSON document.
   *
   * @param key of the configuration, which gave the URL
   * @throws SourceException with what was asked and what was wrong; also when the token would cross
   *     the network unencrypted, and then nothing is asked
   */
  <T> T ask(String key, HttpCall call, Deadline deadline, JsonClient.BodyReader<T> reader)
      throws SourceException {
    return client.ask(admitted(key, call), deadline, reader);
  }

  private HttpCall admitted(String key, HttpCall call) throws SourceException {
    Keys now = keys;
    HttpCall admitted = call;
    if (now.hasToken()) {
      requireSafe(key, call.target());
      admitted = admitted.with("Authorization", header(now));
    }
    if (now.caFile.isPresent() && isHttps(call.target())) {
      requireThere(now.caFile.get());
      admitted = admitted.trusting(now.caFile.get());
    }
    return admitted;
  }

  private static void requireSafe(String key, URI target) throws SourceException {
    if (!isHttps(target) && !target.getHost().matches(HERE)) {
      throw unusable(
          key
              + ": nothing is asked of http://"
              + target.getRawAuthority()
              + ", since the token would cross the network unencrypted; write https://, or leave"
              + " token and tokenFile empty");
    }
  }

  private static boolean isHttps(URI target) {
    return "https".equalsIgnoreCase(target.getScheme());
  }

  private static String header(Keys keys) throws SourceException {
    String from =
        keys.token.isEmpty() ? TOKEN_FILE.key() + " = " + keys.tokenFile.orElseThrow() : "token";
    String token = keys.token.isEmpty() ? read(from, keys.tokenFile.orElseThrow()) : keys.token;
    String header = token.matches(SCHEME) ? token : "token=" + token;
    if (!header.matches("(?i)(Bearer )?[\\x21-\\x7e]+") || token.isEmpty()) {
      throw unusable(from + ": holds no token; expected is a line of printable characters");
    }
    return header;
  }

  private static String read(String from, Path file) throws SourceException {
    try {
      return new SecretFile(file).read();
    } catch (UnusableSecretException e) {
      throw unusable(from + " " + e.why());
    }
  }

  private static void requireThere(Path caFile) throws SourceException {
    if (!Files.isReadable(caFile)) {
      throw unusable(
          CA_FILE.key()
              + " = "
              + caFile
              + ": "
              + (Files.exists(caFile)
                  ? "may not be read by this process"
                  : "there is no such file"));
    }
  }

  private static SourceException unusable(String what) {
    return new SourceException(FailureReason.FAILED, DcosConfig.FILE + ": " + what + ".");
  }

  private String hint(int status) {
    return switch (status) {
      case StatusException.UNAUTHORISED ->
          keys.hasToken()
              ? "the token of " + DcosConfig.FILE + " is not accepted"
              : "set token or tokenFile in " + DcosConfig.FILE;
      case StatusException.FORBIDDEN -> "the token's user may not read this";
      default -> "";
    };
  }
}
