package org.candor.core.admission;

import java.time.Clock;
import org.candor.core.consent.Consent;
import org.candor.core.consent.Grace;
import org.candor.core.disclosure.AnnouncedFields;
import org.candor.core.plugin.Plugins;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes the admission control of each channel. Thread-safe. */
@Component(service = AdmissionFactory.class)
public final class AdmissionFactory {

  private final Consent consent;
  private final Grace grace;
  private final AnnouncedFields announcedFields;
  private final Plugins plugins;

  @Activate
  public AdmissionFactory(
      @Reference Consent consent,
      @Reference Grace grace,
      @Reference AnnouncedFields announcedFields,
      @Reference Plugins plugins) {
    this.consent = consent;
    this.grace = grace;
    this.announcedFields = announcedFields;
    this.plugins = plugins;
  }

  /** What of a channel's fields and destinations is announced. */
  public DisclosureGate disclosure(String channel) {
    return new DisclosureGate(channel, announcedFields);
  }

  /** Whether the channel may report and send. */
  public Admission admission(String channel, DisclosureGate disclosure, Clock clock) {
    return new Admission(channel, consent, grace, disclosure, plugins, clock);
  }

  /**
   * Has the action run when the decision may be another, on the thread of whoever changes it,
   * before the change returns; it must be quick.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable action) {
    Runnable ofConsent = consent.onChange(action);
    Runnable ofPlugins = plugins.onChange(action);
    return () -> {
      ofConsent.run();
      ofPlugins.run();
    };
  }
}
