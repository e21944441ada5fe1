package org.candor.source.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.source.kubernetes.api.ApiServerAccess;
import org.candor.source.kubernetes.api.KindName;
import org.candor.source.kubernetes.spec.Selection;

/**
 * Reads the configuration. With an {@code apiUrl} of its own nothing is taken from the pod: the
 * pod's token is for the pod's cluster and for nobody else.
 */
final class SetupReader {

  private static final String HERE = "localhost|127(\\.\\d{1,3}){3}|\\[::1]";
  private static final String EVERYWHERE = "*";

  private static final Setting<Optional<URI>> API_URL =
      new Setting<>(
          "apiUrl",
          "a URL that begins with https:// and has a host and no user and no query, one with"
              + " http:// of this machine (127.0.0.1, [::1] or localhost), as the token would cross"
              + " the network unencrypted otherwise, or nothing",
          SetupReader::apiUrl);
  private static final Setting<Optional<Path>> TOKEN_FILE = file("tokenFile");
  private static final Setting<Optional<Path>> CA_FILE = file("caFile");
  private static final Setting<String> DISTRIBUTION = Setting.text("k8sDistro");
  private static final Setting<KindName> KIND =
      new Setting<>("specKind", KindName.ALLOWED, KindName::of);
  private static final Setting<String> NAME =
      matching("specName", "the name of a resource, or nothing", Selection.NAME);
  private static final Setting<String> NAMESPACE =
      matching("namespace", "the name of a namespace, * or nothing", Selection.NAMESPACE + "|\\*");

  private final Settings settings;
  private final Pod pod;

  /**
   * @param refuse gets a line for each refused value
   */
  SetupReader(Pod pod, Consumer<String> refuse) {
    this.pod = pod;
    this.settings = new Settings("etc/" + Config.PID + ".cfg", refuse);
  }

  Setup read(Config config) {
    Refusals refusals = new Refusals(settings);
    Optional<URI> apiUrl = refusals.read(API_URL, config.apiUrl(), Optional.empty());
    Optional<Path> tokenFile = refusals.read(TOKEN_FILE, config.tokenFile(), Optional.empty());
    Optional<Path> caFile = refusals.read(CA_FILE, config.caFile(), Optional.empty());
    String distribution = refusals.read(DISTRIBUTION, config.k8sDistro(), "");
    KindName kind = refusals.read(KIND, config.specKind(), KindName.of("StorageOSCluster"));
    String name = refusals.read(NAME, config.specName(), "");
    String namespace = refusals.read(NAMESPACE, config.namespace(), "");
    if (!refusals.keys.isEmpty()) {
      return Setup.refused(
          "Correct " + String.join(", ", refusals.keys) + " in " + settings.file() + ".");
    }
    Optional<ApiServerAccess> access =
        apiUrl.isPresent()
            ? Optional.of(new ApiServerAccess(apiUrl.get(), tokenFile, caFile))
            : pod.access()
                .map(
                    own ->
                        new ApiServerAccess(
                            own.base(), tokenFile.or(own::tokenFile), caFile.or(own::caFile)));
    if (access.isEmpty()) {
      return Setup.nothing(
          "Set apiUrl in " + settings.file() + ", or run Candor in a pod of the cluster.");
    }
    boolean ofPod = apiUrl.isEmpty() && namespace.isEmpty();
    Selection selection =
        new Selection(
            kind,
            name,
            namespace.equals(EVERYWHERE) ? "" : namespace,
            ofPod ? Optional.of(pod.namespaceFile()) : Optional.empty());
    return Setup.of(new Setup.Target(access.get(), selection), distribution);
  }

  /** What is refused now. */
  List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  private static Optional<URI> apiUrl(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI uri = Setting.uri("apiUrl", "https", "http").parser().apply(text);
    boolean safe = uri.getScheme().equals("https") || uri.getHost().matches(HERE);
    if (!safe || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(text);
    }
    return Optional.of(uri);
  }

  private static Setting<Optional<Path>> file(String key) {
    return new Setting<>(
        key,
        "the path of a file, or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));
  }

  private static Setting<String> matching(String key, String allowed, String pattern) {
    return new Setting<>(
        key,
        allowed,
        text -> {
          if (!text.isEmpty() && !text.matches(pattern)) {
            throw new IllegalArgumentException(text);
          }
          return text;
        });
  }

  /** Notes the keys for which there is no good value. */
  private static final class Refusals {

    private final Settings settings;
    private final List<String> keys = new ArrayList<>();

    Refusals(Settings settings) {
      this.settings = settings;
    }

    <T> T read(Setting<T> setting, String raw, T otherwise) {
      Optional<T> value = settings.read(setting, raw);
      if (value.isEmpty()) {
        keys.add(setting.key());
      }
      return value.orElse(otherwise);
    }
  }
}
