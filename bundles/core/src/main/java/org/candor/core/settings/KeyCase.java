package org.candor.core.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * Case-insensitive configuration keys: reads a key that somebody wrote in another case as the one
 * that is meant, before any component sees it: Config Admin does not distinguish them, and a
 * component that gets both has its registration refused by the framework. Thread-safe.
 */
final class KeyCase implements ConfigurationPlugin {

  private static final String FILE = "felix.fileinstall.filename";

  private final Function<String, Set<String>> declared;
  private final BiConsumer<String, String> tell;
  private final Set<String> logged = Collections.synchronizedSet(new HashSet<>());

  /**
   * @param declared the keys of a PID
   * @param tell gets once for each such key what it is read as, with the name of its file
   */
  KeyCase(Function<String, Set<String>> declared, BiConsumer<String, String> tell) {
    this.declared = declared;
    this.tell = tell;
  }

  @Override
  public void modifyConfiguration(
      ServiceReference<?> reference, Dictionary<String, Object> properties) {
    String pid = text(properties, "service.factoryPid", text(properties, "service.pid", ""));
    Set<String> keys = declared.apply(pid);
    for (String key : new ArrayList<>(Collections.list(properties.keys()))) {
      keys.stream()
          .filter(meant -> meant.equalsIgnoreCase(key) && !meant.equals(key))
          .findFirst()
          .ifPresent(meant -> rename(properties, key, meant, file(properties, pid)));
    }
  }

  private void rename(
      Dictionary<String, Object> properties, String key, String meant, String file) {
    Object value = properties.remove(key);
    properties.put(meant, value);
    if (logged.add(file + " " + key)) {
      tell.accept(file, key + " is read as " + meant);
    }
  }

  private static String file(Dictionary<String, Object> properties, String pid) {
    String path = text(properties, FILE, pid + ".cfg");
    return "etc/" + path.substring(path.lastIndexOf('/') + 1);
  }

  private static String text(Dictionary<String, Object> properties, String key, String otherwise) {
    return properties.get(key) instanceof String text ? text : otherwise;
  }
}
