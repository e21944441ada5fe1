package org.candor.core.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The keys that each configuration of Candor's bundles has: those with a default in the component
 * descriptions that bnd wrote (OSGi Compendium, 112.4). Safe for several threads.
 */
final class DeclaredKeys {

  private static final String OURS = "org.candor.";
  private static final Pattern PID = Pattern.compile("configuration-pid=\"([^\"]+)\"");
  private static final Pattern KEY = Pattern.compile("<property name=\"([^\"]+)\"");

  private final BundleContext context;
  private final Map<Version, Map<String, Set<String>>> known = new ConcurrentHashMap<>();

  DeclaredKeys(BundleContext context) {
    this.context = context;
  }

  /** A bundle as it is now; an update has another. */
  private record Version(long bundle, long modified) {}

  /** The keys; none when nobody here has such a configuration. */
  Set<String> of(String pid) {
    Set<String> keys = new TreeSet<>();
    for (Bundle bundle : context.getBundles()) {
      if (String.valueOf(bundle.getSymbolicName()).startsWith(OURS)) {
        Version version = new Version(bundle.getBundleId(), bundle.getLastModified());
        keys.addAll(known.computeIfAbsent(version, v -> read(bundle)).getOrDefault(pid, Set.of()));
      }
    }
    return keys;
  }

  private static Map<String, Set<String>> read(Bundle bundle) {
    Map<String, Set<String>> keys = new TreeMap<>();
    Enumeration<URL> descriptions = bundle.findEntries("OSGI-INF", "*.xml", false);
    for (URL description :
        Collections.list(descriptions == null ? Collections.emptyEnumeration() : descriptions)) {
      String text = text(description);
      Matcher pid = PID.matcher(text);
      if (pid.find()) {
        KEY.matcher(text)
            .results()
            .forEach(
                key -> keys.computeIfAbsent(pid.group(1), p -> new TreeSet<>()).add(key.group(1)));
      }
    }
    return keys;
  }

  private static String text(URL description) {
    try (InputStream in = description.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
