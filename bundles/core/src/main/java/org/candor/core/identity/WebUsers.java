package org.candor.core.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;

/**
 * Pseudonymization of web users: what stands in reports for the users of a product's web page:
 * pseudonyms, unless the owner wants them plain. Not thread-safe.
 */
final class WebUsers {

  private static final Setting<Boolean> PLAIN =
      Setting.oneOf("uiUsers", Map.of("pseudonym", false, "plain", true));
  private static final String PSEUDONYM = "pseudonym";

  /** How many pseudonyms are remembered, so that few are computed twice. */
  private static final int MOST = 10_000;

  private final Settings settings;
  private final Function<String, Optional<String>> pseudonyms;
  private final Map<String, String> known = new HashMap<>();
  private Optional<String> nobody = Optional.empty();
  private boolean plain;

  /**
   * @param pseudonyms makes one of a user's id; empty when there is no secret to make it with
   */
  WebUsers(Settings settings, Function<String, Optional<String>> pseudonyms) {
    this.settings = settings;
    this.pseudonyms = pseudonyms;
    settings.read(PLAIN, PSEUDONYM);
  }

  void configure(String raw) {
    plain = settings.read(PLAIN, raw.isBlank() ? PSEUDONYM : raw).orElse(false);
  }

  /** What is refused now. */
  List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  /** What stands for each; a user for whom nothing can is left out. */
  Map<String, String> of(Set<String> users) {
    Map<String, String> shown = new HashMap<>();
    if (!plain) {
      forgetWhatAnotherSecretMade();
    }
    for (String user : users) {
      name(user).ifPresent(name -> shown.put(user, name));
    }
    return shown;
  }

  void forget() {
    known.clear();
  }

  private Optional<String> name(String user) {
    if (plain) {
      return Optional.of(user);
    }
    Optional<String> name = Optional.ofNullable(known.get(user)).or(() -> pseudonyms.apply(user));
    if (known.size() < MOST) {
      name.ifPresent(pseudonym -> known.put(user, pseudonym));
    }
    return name;
  }

  /** The pseudonym of nobody changes with the secret. */
  private void forgetWhatAnotherSecretMade() {
    Optional<String> now = pseudonyms.apply("");
    if (!now.equals(nobody) || known.size() >= MOST) {
      known.clear();
    }
    nobody = now;
  }
}
