package org.candor.itest.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Answers one question a connection, on the port of 127.0.0.1 that its manifest names. Holds class
 * loaders weakly and nothing else.
 */
public final class Probe implements BundleActivator {

  private final List<Held> held = new ArrayList<>();
  private ServerSocket listener;

  private record Held(String name, WeakReference<ClassLoader> loader) {}

  @Override
  public void start(BundleContext context) throws IOException {
    int port = Integer.parseInt(context.getBundle().getHeaders().get("Probe-Port"));
    listener = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(context), "itest-probe");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void stop(BundleContext context) throws IOException {
    listener.close();
  }

  private void serve(BundleContext context) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
          PrintStream out =
              new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
        out.print(answer(in.readLine(), context));
      } catch (IOException e) {
        // The next one may be better.
      }
    }
  }

  private String answer(String question, BundleContext context) {
    String[] words = question.split(" ");
    return switch (words[0]) {
      case "hold" -> hold(words[1], context);
      case "held" -> held();
      case "threads" -> threads();
      case "classes" -> classes();
      default -> throw new IllegalArgumentException(question);
    };
  }

  /** Holds the loaders of all bundles whose names match; says which. */
  private String hold(String names, BundleContext context) {
    List<String> found = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getSymbolicName().matches(names)) {
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        held.add(new Held(bundle.getSymbolicName(), new WeakReference<>(loader)));
        found.add(bundle.getSymbolicName());
      }
    }
    return String.join("\n", found);
  }

  /** Which loaders are still there after a collection. */
  private String held() {
    System.gc();
    held.removeIf(each -> each.loader.refersTo(null));
    return held.stream().map(Held::name).collect(Collectors.joining("\n"));
  }

  private static String threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.joining("\n"));
  }

  /** How many classes are loaded, and the bytes of metaspace in use. */
  private static String classes() {
    System.gc();
    long metaspace =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .map(MemoryPoolMXBean::getUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() + "\n" + metaspace;
  }
}
