package org.candor.source.storageos;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.source.Observation;
import org.candor.api.source.SourceException;
import org.candor.http.HttpTransport;
import org.candor.source.storageos.cluster.ApiUrl;
import org.candor.source.storageos.cluster.ClusterApi;
import org.candor.source.storageos.cluster.StorageOsClient;
import org.candor.source.storageos.cluster.StorageOsCredentials;
import org.candor.source.storageos.v1.VersionOne;
import org.candor.source.storageos.v2.VersionTwo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster that the owner set last, for both sources: one login, one line for a bad value. */
@Component(
    service = {StorageOsCluster.class, ConfigurationProblems.class},
    configurationPid = Config.PID)
@Designate(ocd = Config.class)
public final class StorageOsCluster implements ConfigurationProblems {

  private static final Logger LOG = LoggerFactory.getLogger(StorageOsCluster.class);

  private static final Setting<Optional<URI>> API_URL =
      orNothing(Setting.uri("apiUrl", "http", "https"));
  private static final Setting<Optional<Version>> API =
      orNothing(Setting.oneOf("api", Map.of("v1", VersionOne::new, "v2", VersionTwo::new)));
  private static final Setting<String> USERNAME = Setting.text("username");
  private static final Setting<String> PASSWORD = Setting.text("password");

  private final Settings settings = new Settings("etc/" + Config.PID + ".cfg", LOG::error);
  private final StorageOsClient client;
  private volatile Setup setup = new Setup(Optional.empty(), "");

  @Activate
  public StorageOsCluster(@Reference HttpTransport transport, Config config) {
    this.client = new StorageOsClient(transport);
    modified(config);
  }

  /** Makes the client of one version of the API. */
  @FunctionalInterface
  private interface Version {
    ClusterApi of(StorageOsClient client, ApiUrl place, StorageOsCredentials credentials);
  }

  /** What a source wants to know of a cluster. */
  @FunctionalInterface
  interface Question {
    Observation put(ClusterApi api) throws SourceException;
  }

  /** What the file says: an API, or else what to set. */
  private record Setup(Optional<ClusterApi> api, String advice) {}

  @Modified
  void modified(Config config) {
    Optional<URI> url = settings.read(API_URL, config.apiUrl()).flatMap(Function.identity());
    Optional<Version> version = settings.read(API, config.api()).flatMap(Function.identity());
    String username = settings.read(USERNAME, config.username()).orElseThrow();
    String password = settings.read(PASSWORD, config.password()).orElseThrow();
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put(API_URL.key(), url.isPresent());
    given.put(API.key(), version.isPresent());
    given.put(USERNAME.key(), !username.isEmpty());
    given.put(PASSWORD.key(), !password.isEmpty());
    setup =
        given.containsValue(false)
            ? new Setup(Optional.empty(), advice(given))
            : new Setup(
                Optional.of(
                    version
                        .get()
                        .of(
                            client,
                            new ApiUrl(url.get()),
                            new StorageOsCredentials(username, password))),
                "");
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  private String advice(Map<String, Boolean> given) {
    String missing =
        given.entrySet().stream()
            .filter(key -> !key.getValue())
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return "Set " + missing + " in " + settings.file() + ".";
  }

  /** Asks the cluster; where something is missing in the file, says what to set. */
  Observation ask(Question question) throws SourceException {
    Setup now = setup;
    return now.api().isPresent()
        ? question.put(now.api().get())
        : Observation.unconfigured(now.advice());
  }

  private static <T> Setting<Optional<T>> orNothing(Setting<T> setting) {
    return new Setting<>(
        setting.key(),
        setting.allowed() + ", or nothing",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(setting.parser().apply(text)));
  }
}
