package org.candor.core.channel;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.candor.api.control.Channels;
import org.candor.api.control.Journal;
import org.candor.api.report.FormatterName;
import org.candor.api.report.ReportFormatter;
import org.candor.api.sink.SinkName;
import org.candor.api.sink.TransportSink;
import org.candor.api.ui.UiIntake;
import org.candor.core.collect.Collector;
import org.candor.core.consent.ConfiguredLayer;
import org.candor.core.consent.Consent;
import org.candor.core.consent.ConsentConfig;
import org.candor.core.consent.EnvironmentLayer;
import org.candor.core.consent.Grace;
import org.candor.core.crash.CrashLog;
import org.candor.core.identity.Identity;
import org.candor.core.identity.IdentityConfig;
import org.candor.core.identity.Machine;
import org.candor.core.journal.ChainedJournal;
import org.candor.core.outbox.Outbox;
import org.candor.core.settings.Etc;
import org.candor.core.store.Store;
import org.candor.core.store.StoreConfig;
import org.candor.core.upgrade.UpgradeLog;
import org.candor.core.work.Workers;

/**
 * Core, format-segment, sink-segment and http with the channel {@code segment-ui}, put together as
 * Declarative Services would.
 */
public final class WiredCore implements AutoCloseable {

  private final Workers workers = new Workers();
  private final ChannelDirectory directory = new ChannelDirectory();
  private final ChannelIntake intake = new ChannelIntake();
  private final CrashLog crashes;
  private final Outbox outbox;
  private final ChainedJournal journal;
  private final ChannelComponent channel;

  /**
   * Puts it together.
   *
   * @param home gets the folders {@code etc} and {@code var}
   * @param endpoint Segment's
   */
  public WiredCore(Path home, URI endpoint) throws IOException {
    Etc etc = new Etc(Files.createDirectories(home.resolve("etc")));
    ConfiguredLayer configured =
        new ConfiguredLayer(etc, config(ConsentConfig.class, Map.of("grace", "0")));
    Consent consent = new Consent(configured, new EnvironmentLayer(), etc);
    Machine machine = new Machine();
    Map<String, String> product = Map.of("product", "shop", "version", "2.0.0");
    Identity identity = new Identity(etc, machine, config(IdentityConfig.class, product));
    Store store = new Store(home, config(StoreConfig.class, Map.of("directory", "var")));
    journal = new ChainedJournal(store);
    outbox = new Outbox(store, journal);
    crashes = new CrashLog(store, consent, workers, machine);
    Plugins plugins = new Plugins();
    plugins.bindFormatter(
        (ReportFormatter) make("org.candor.format.segment.SegmentFormatter", Map.of()),
        Map.of(FormatterName.PROPERTY, "segment"));
    Map<String, String> sink = Map.of("endpoint", endpoint.toString(), "writeKey", "key");
    plugins.bindSink(
        (TransportSink)
            make(
                "org.candor.sink.segment.SegmentSink",
                sink,
                make("org.candor.http.client.ClassicTransport", Map.of()),
                "1.0.0",
                Clock.systemUTC()),
        Map.of(SinkName.PROPERTY, "segment"));
    channel =
        new ChannelComponent(
            workers,
            identity,
            new Collector(workers, identity),
            consent,
            new Grace(outbox, configured),
            plugins,
            outbox,
            journal,
            crashes,
            new UpgradeLog(identity, outbox, workers),
            config(
                ChannelConfig.class,
                Map.of(
                    "purpose", "usage", "report", "ui", "formatter", "segment", "sink", "segment")),
            Map.of("service.pid", ChannelConfig.PID + "~segment-ui"));
    directory.bindChannel(channel);
    intake.bindChannel(channel);
  }

  public UiIntake intake() {
    return intake;
  }

  public Channels channels() {
    return directory;
  }

  public Journal journal() {
    return journal;
  }

  @Override
  public void close() {
    channel.close();
    crashes.close();
    outbox.close();
    journal.close();
    workers.close();
  }

  private static <T extends Annotation> T config(Class<T> type, Map<String, String> values) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> value(method, values)));
  }

  private static Object value(Method method, Map<String, String> values) {
    return Optional.<Object>ofNullable(values.get(method.getName()))
        .orElseGet(method::getDefaultValue);
  }

  /** Makes a component, whose class and configuration are its bundle's own. */
  private static Object make(String type, Map<String, String> values, Object... given) {
    try {
      for (Constructor<?> constructor : Class.forName(type).getDeclaredConstructors()) {
        Object[] arguments = new Object[constructor.getParameterCount()];
        int next = 0;
        boolean fits = arguments.length == given.length + 1;
        for (int i = 0; fits && i < arguments.length; i++) {
          Class<?> parameter = constructor.getParameterTypes()[i];
          if (parameter.isAnnotation()) {
            arguments[i] = config(parameter.asSubclass(Annotation.class), values);
          } else {
            fits = next < given.length && parameter.isInstance(given[next]);
            arguments[i] = fits ? given[next++] : "";
          }
        }
        if (fits) {
          constructor.setAccessible(true);
          return constructor.newInstance(arguments);
        }
      }
      throw new IllegalStateException(type + " is made in another way");
    } catch (ClassNotFoundException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
