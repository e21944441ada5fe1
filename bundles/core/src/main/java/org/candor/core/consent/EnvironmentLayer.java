package org.candor.core.consent;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.text.PlainText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consent layer: what the process's environment says. It can forbid, and never allows: a variable
 * that says {@code false} leaves the answer to others.
 */
@Component(service = EnvironmentLayer.class)
public final class EnvironmentLayer {

  static final String NAME = "environment";

  private static final Logger log = LoggerFactory.getLogger(EnvironmentLayer.class);

  private static final Map<Purpose, List<String>> VARIABLES =
      Map.of(
          Purpose.USAGE, List.of("DO_NOT_TRACK", "DISABLE_TELEMETRY"),
          Purpose.ERRORS,
              List.of("DO_NOT_TRACK", "DISABLE_ERROR_REPORTING", "DISABLE_CRASH_REPORTING"),
          Purpose.VERSION_CHECK,
              List.of("DO_NOT_TRACK", "DISABLE_TELEMETRY", "DISABLE_VERSION_CHECK"));

  private static final Set<String> YES = Set.of("true", "1", "yes", "on");
  private static final Set<String> NO = Set.of("", "false", "0", "no", "off");

  private final Map<String, String> environment;

  @Activate
  public EnvironmentLayer() {
    this(System.getenv());
  }

  EnvironmentLayer(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    VARIABLES.values().stream().flatMap(List::stream).distinct().sorted().forEach(this::nameOdd);
  }

  /** What the variables say; never an allowance. */
  Verdict verdict(Purpose purpose) {
    List<String> variables = VARIABLES.get(purpose);
    return variables.stream()
        .filter(this::forbids)
        .findFirst()
        .map(variable -> Verdict.forbids(variable + "=" + environment.get(variable)))
        .orElseGet(
            () ->
                new Verdict(
                    LayerAnswer.SILENT, "none of " + String.join(", ", variables) + " is set"));
  }

  private boolean forbids(String variable) {
    return !NO.contains(value(variable));
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "").strip().toLowerCase(Locale.ROOT);
  }

  private void nameOdd(String variable) {
    if (forbids(variable) && !YES.contains(value(variable))) {
      log.warn(
          "Environment: {} = {} is neither of true, 1, yes, on nor of false, 0, no, off. It is taken"
              + " as true: nothing that it names will be sent.",
          variable,
          PlainText.excerpt(environment.get(variable)));
    }
  }
}
