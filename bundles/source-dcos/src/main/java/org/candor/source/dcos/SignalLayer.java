package org.candor.source.dcos;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.candor.api.consent.ConsentLayer;
import org.candor.api.consent.LayerAnswer;
import org.candor.api.consent.LayerName;
import org.candor.api.consent.Purpose;
import org.candor.api.consent.Verdict;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.api.settings.ConfigurationProblems;
import org.candor.api.settings.Setting;
import org.candor.api.settings.Settings;
import org.candor.api.source.IdentityHints;
import org.candor.api.text.PlainText;
import org.candor.source.dcos.signal.SignalConfiguration;
import org.candor.source.dcos.signal.SignalFiles;
import org.candor.source.dcos.signal.SignalWatch;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the owner of DC/OS set for dcos-signal counts here too: a consent layer of its setting
 * {@code enabled}, and its other keys as hints at what this installation is.
 *
 * <p>The layer is registered when the files have been read once: until then core goes by what it
 * said before, while a layer that cannot tell yet would stop what nothing forbids. The registration
 * is this class's own, since a component of Declarative Services cannot change its service's
 * properties, by which core learns of a change.
 */
@Component(
    service = {IdentityHints.class, ConfigurationProblems.class},
    immediate = true,
    configurationPid = DcosConfig.PID)
public final class SignalLayer implements IdentityHints, ConfigurationProblems {

  /** The layer's name. */
  static final String LAYER = "dcos";

  private static final Logger LOG = LoggerFactory.getLogger(SignalLayer.class);

  private static final Setting<Optional<Path>> CONFIG = PathSetting.of("signalConfig");
  private static final Setting<Optional<Path>> EXTRA = PathSetting.of("signalExtraConfig");
  private static final Setting<Optional<Path>> VERSION = PathSetting.of("versionFile");

  private final BundleContext context;
  private final Settings settings = new Settings(DcosConfig.FILE, LOG::error);
  private final ConsentLayer layer = purpose -> reading().verdict(purpose);
  private Optional<SignalWatch> watch = Optional.empty();
  private Optional<ServiceRegistration<ConsentLayer>> registration = Optional.empty();
  private long changes;
  private boolean closed;
  private volatile Optional<SignalFiles> files = Optional.empty();
  private volatile Optional<SignalConfiguration> reading = Optional.empty();

  @Activate
  public SignalLayer(BundleContext context, DcosConfig config) {
    this.context = context;
    modified(config);
  }

  @Modified
  void modified(DcosConfig config) {
    Optional<Path> nothing = Optional.empty();
    Optional<Optional<Path>> version = settings.read(VERSION, config.versionFile());
    Optional<Optional<Path>> signal = settings.read(CONFIG, config.signalConfig());
    Optional<Optional<Path>> extra = settings.read(EXTRA, config.signalExtraConfig());
    if (signal.isEmpty() || extra.isEmpty()) {
      stop();
      files = Optional.empty();
      take(
          SignalConfiguration.refused(
              (signal.isEmpty() ? CONFIG : EXTRA).key() + " of " + settings.file()));
      return;
    }
    SignalFiles now = new SignalFiles(signal.get(), extra.get(), version.orElse(nothing));
    if (files.filter(now::equals).isPresent()) {
      return;
    }
    stop();
    files = Optional.of(now);
    if (now.isEmpty()) {
      take(SignalConfiguration.nothingToRead());
    } else {
      watch = Optional.of(new SignalWatch(now, seen -> takeOf(now, seen)));
      watch.get().start();
    }
  }

  @Deactivate
  void deactivate() {
    stop();
    Optional<ServiceRegistration<ConsentLayer>> there;
    synchronized (this) {
      closed = true;
      there = registration;
      registration = Optional.empty();
    }
    there.ifPresent(ServiceRegistration::unregister);
  }

  private void stop() {
    watch.ifPresent(SignalWatch::close);
    watch = Optional.empty();
  }

  @Override
  public List<ConfigurationProblem> problems() {
    return settings.problems();
  }

  @Override
  public Map<String, String> hints() {
    return reading.map(SignalConfiguration::hints).orElse(Map.of());
  }

  private SignalConfiguration reading() {
    return reading.orElseGet(SignalConfiguration::nothingToRead);
  }

  /** What was seen of files that are not meant any more does not count. */
  private void takeOf(SignalFiles of, SignalConfiguration seen) {
    if (files.filter(of::equals).isPresent()) {
      take(seen);
    }
  }

  private void take(SignalConfiguration now) {
    Optional<Verdict> before = reading.map(SignalLayer::usage);
    reading = Optional.of(now);
    log(before, usage(now));
    announce();
  }

  private static Verdict usage(SignalConfiguration of) {
    return of.verdict(Purpose.USAGE);
  }

  private void log(Optional<Verdict> before, Verdict now) {
    boolean isNews = before.filter(last -> last.why().equals(now.why())).isEmpty();
    boolean isOfNoUse = now.answer() == LayerAnswer.SILENT && before.isEmpty() && isDcosOwn();
    if (isNews && now.answer() == LayerAnswer.UNKNOWN) {
      LOG.warn(
          "DC/OS's telemetry setting is not known: {}. Until it is, the previous one counts,"
              + " and usage stays off if there was none.",
          PlainText.shown(now.why()));
    } else if (isNews && !isOfNoUse) {
      LOG.info(
          "DC/OS's telemetry setting: usage {} ({})",
          now.answer().label(),
          PlainText.shown(now.why()));
    }
  }

  private boolean isDcosOwn() {
    return files.filter(SignalFiles::isDcosOwn).isPresent();
  }

  /** Registers the layer, or has core ask it again. */
  private void announce() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(LayerName.PROPERTY, LAYER);
    Optional<ServiceRegistration<ConsentLayer>> there;
    synchronized (this) {
      if (closed) {
        return;
      }
      properties.put("service.changecount", ++changes);
      there = registration;
    }
    try {
      if (there.isPresent()) {
        there.get().setProperties(properties);
      } else {
        keep(context.registerService(ConsentLayer.class, layer, properties));
      }
    } catch (IllegalStateException e) {
      LOG.debug("The layer is not registered any more", e);
    }
  }

  private void keep(ServiceRegistration<ConsentLayer> registered) {
    boolean tooLate;
    synchronized (this) {
      tooLate = closed;
      registration = Optional.of(registered);
    }
    if (tooLate) {
      registered.unregister();
    }
  }
}
