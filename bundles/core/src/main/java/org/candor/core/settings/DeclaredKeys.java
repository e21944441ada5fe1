package org.candor.core.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Configuration schema: the keys that each configuration of Candor's bundles, and of bundles that
 * extend it, has: those with a default in the component descriptions that bnd wrote (OSGi
 * Compendium, 112.4). Thread-safe.
 */
public final class DeclaredKeys {

  private static final String OURS = "org.candor.";

  /** Begins what a component says of its service, such as its name. It is no setting. */
  private static final String SERVICES = "candor.";

  private static final Pattern PID = Pattern.compile("configuration-pid=\"([^\"]+)\"");
  private static final Pattern KEY = Pattern.compile("<property name=\"([^\"]+)\"");

  private final BundleContext context;
  private final Map<Version, Map<String, Set<String>>> known = new ConcurrentHashMap<>();

  public DeclaredKeys(BundleContext context) {
    this.context = context;
  }

  /** A bundle as it is now; an update has another. */
  private record Version(long bundle, long modified) {}

  /** The keys; none when nobody here has such a configuration. */
  public Set<String> of(String pid) {
    Set<String> keys = new TreeSet<>();
    all().forEach(bundle -> keys.addAll(bundle.getOrDefault(pid, Set.of())));
    return keys;
  }

  /** Every PID that a component reads. */
  public Set<String> pids() {
    Set<String> pids = new TreeSet<>();
    all().forEach(bundle -> pids.addAll(bundle.keySet()));
    return pids;
  }

  private List<Map<String, Set<String>>> all() {
    List<Map<String, Set<String>>> all = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      Version version = new Version(bundle.getBundleId(), bundle.getLastModified());
      all.add(known.computeIfAbsent(version, v -> extendsCandor(bundle) ? read(bundle) : Map.of()));
    }
    return all;
  }

  /** A bundle of ours, or one with components that knows our api. */
  private static boolean extendsCandor(Bundle bundle) {
    Dictionary<String, String> headers = bundle.getHeaders("");
    return String.valueOf(bundle.getSymbolicName()).startsWith(OURS)
        || headers.get("Service-Component") != null
            && String.valueOf(headers.get("Import-Package")).contains(OURS + "api");
  }

  private static Map<String, Set<String>> read(Bundle bundle) {
    Map<String, Set<String>> keys = new TreeMap<>();
    for (String description : descriptions(bundle)) {
      String text = text(bundle.getEntry(description));
      Matcher pid = PID.matcher(text);
      if (pid.find()) {
        Set<String> found =
            KEY.matcher(text)
                .results()
                .map(key -> key.group(1))
                .filter(key -> !key.startsWith(SERVICES))
                .collect(Collectors.toSet());
        for (String one : pid.group(1).split(" ")) {
          keys.computeIfAbsent(one, p -> new TreeSet<>()).addAll(found);
        }
      }
    }
    return keys;
  }

  /** Without resolving the bundle, which is up to whoever installs it. */
  private static List<String> descriptions(Bundle bundle) {
    Enumeration<String> paths = bundle.getEntryPaths("OSGI-INF");
    return paths == null
        ? List.of()
        : Collections.list(paths).stream().filter(path -> path.endsWith(".xml")).toList();
  }

  private static String text(URL description) {
    try (InputStream in = description.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
