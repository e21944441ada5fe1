package org.candor.core.settings;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Config Admin's copy. A file that File Install has not met yet has none. */
final class AdminCopy implements ConfigCopy {

  private final ConfigurationAdmin admin;
  private final String pid;
  private volatile long taken;
  private volatile long told;

  AdminCopy(ConfigurationAdmin admin, String pid) {
    this.admin = admin;
    this.pid = pid;
  }

  @Override
  public boolean agrees(Map<String, String> values) throws IOException {
    return isSame(values, String::equals);
  }

  @Override
  public boolean holds(Map<String, String> values) throws IOException {
    return isSame(
        values, (value, held) -> value.strip().equals(Objects.toString(held, "").strip()));
  }

  private boolean isSame(Map<String, String> values, BiPredicate<String, Object> same)
      throws IOException {
    Optional<Dictionary<String, Object>> held = configuration().map(Configuration::getProperties);
    return held.isPresent()
        && values.entrySet().stream()
            .filter(AdminCopy::isLiteral)
            .allMatch(entry -> same.test(entry.getValue(), held.get().get(entry.getKey())));
  }

  @Override
  public void take(Map<String, String> values) throws IOException {
    Optional<Configuration> configuration = configuration();
    if (configuration.isPresent()) {
      Dictionary<String, Object> held = configuration.get().getProperties();
      values.entrySet().stream()
          .filter(AdminCopy::isLiteral)
          .forEach(entry -> held.put(entry.getKey(), entry.getValue()));
      if (configuration.get().updateIfDifferent(held)) {
        taken = configuration.get().getChangeCount();
      }
    }
  }

  /** A change was told of, and to File Install before or after; it sees what there is by now. */
  void told() throws IOException {
    told = configuration().map(Configuration::getChangeCount).orElse(told);
  }

  @Override
  public boolean isTold() {
    return told >= taken;
  }

  private static boolean isLiteral(Map.Entry<String, String> entry) {
    return !entry.getValue().contains("${");
  }

  private Optional<Configuration> configuration() throws IOException {
    try {
      Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
      return found == null ? Optional.empty() : Optional.of(found[0]);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("no PID: " + pid, e);
    }
  }
}
