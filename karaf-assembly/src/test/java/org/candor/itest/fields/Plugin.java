package org.candor.itest.fields;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.TransportSink;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

/**
 * A formatter or a sink as its bundle declares it to Declarative Services, made without them.
 *
 * @param kind {@code formatter} or {@code sink}
 * @param name as the file of a channel calls it
 * @param type the class behind it
 */
record Plugin(String kind, String name, Class<?> type) {

  private static final Path BUNDLES = Path.of("..", "bundles");
  private static final Pattern CLASS = Pattern.compile("<implementation class=\"([^\"]+)\"");
  private static final Pattern NAME =
      Pattern.compile("name=\"candor\\.(formatter|sink)\\.name\"[^>]* value=\"([^\"]+)\"");

  /** All that there are in the bundles {@code format-*} and {@code sink-*}. */
  static List<Plugin> all() throws IOException {
    try (Stream<Path> folders = Files.list(BUNDLES)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("(format|sink)-.*"))
          .filter(folder -> Files.exists(folder.resolve("pom.xml")))
          .sorted()
          .map(Plugin::declaredIn)
          .toList();
    }
  }

  /** The one of a name. */
  static Plugin of(String kind, String name) throws IOException {
    return all().stream()
        .filter(plugin -> plugin.kind.equals(kind) && plugin.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind + " called " + name));
  }

  private static Plugin declaredIn(Path bundle) {
    try (Stream<Path> components = Files.list(bundle.resolve("target/classes/OSGI-INF"))) {
      return components
          .filter(file -> file.toString().endsWith(".xml"))
          .flatMap(file -> declared(file).stream())
          .findFirst()
          .orElseThrow(() -> new AssertionError(bundle + " has no formatter and no sink"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<Plugin> declared(Path component) {
    try {
      String xml = Files.readString(component);
      Matcher type = CLASS.matcher(xml);
      Matcher name = NAME.matcher(xml);
      return type.find() && name.find()
          ? Optional.of(new Plugin(name.group(1), name.group(2), Class.forName(type.group(1))))
          : Optional.empty();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("karaf-assembly's tests need the bundle of " + component, e);
    }
  }

  ReportFormatter formatter(Map<String, String> settings) {
    return (ReportFormatter) make(settings);
  }

  TransportSink sink(Map<String, String> settings) {
    return (TransportSink) make(settings);
  }

  private Object make(Map<String, String> settings) {
    Constructor<?> constructor =
        Arrays.stream(type.getConstructors())
            .max((one, other) -> one.getParameterCount() - other.getParameterCount())
            .orElseThrow();
    Object[] arguments =
        Arrays.stream(constructor.getParameterTypes())
            .map(parameter -> argument(parameter, settings))
            .toArray();
    try {
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.getName(), e);
    }
  }

  private static Object argument(Class<?> parameter, Map<String, String> settings) {
    if (parameter.isAnnotation()) {
      return configuration(parameter.asSubclass(Annotation.class), settings);
    }
    if (parameter == BundleContext.class) {
      return fake(BundleContext.class, Map.of("getBundle", bundle()));
    }
    return fake(parameter, Map.of());
  }

  private static Object bundle() {
    return fake(
        Bundle.class,
        Map.of("getVersion", new Version(0, 1, 0), "getSymbolicName", "org.candor.test"));
  }

  private static Object configuration(
      Class<? extends Annotation> type, Map<String, String> settings) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) ->
            settings.containsKey(method.getName())
                ? settings.get(method.getName())
                : method.getDefaultValue());
  }

  /** Answers what it is told to, and nothing else: neither network nor framework is there. */
  private static Object fake(Class<?> type, Map<String, Object> answers) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (answers.containsKey(method.getName())) {
            return answers.get(method.getName());
          }
          throw new AssertionError(method + " is not asked here");
        });
  }
}
