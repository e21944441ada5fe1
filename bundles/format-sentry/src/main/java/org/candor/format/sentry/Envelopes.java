package org.candor.format.sentry;

import io.sentry.JsonSerializer;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.protocol.SdkVersion;
import io.sentry.protocol.SentryId;
import java.io.ByteArrayOutputStream;
import java.util.Date;
import org.candor.api.Bytes;

/**
 * Makes events and envelopes with sentry-java, and nothing but them: its options are the empty
 * ones, so that it starts no thread, looks for no configuration and adds nothing to an event.
 */
final class Envelopes {

  /** Sentry's limit for an event. */
  static final int MOST_EVENT_BYTES = 1 << 20;

  static final String SDK_NAME = io.sentry.BuildConfig.SENTRY_JAVA_SDK_NAME;
  static final String SDK_VERSION = io.sentry.BuildConfig.VERSION_NAME;

  private final JsonSerializer serializer = new JsonSerializer(SentryOptions.empty());
  private final SdkVersion sdk = new SdkVersion(SDK_NAME, SDK_VERSION);

  /**
   * An event with what the protocol wants of each.
   *
   * @param id 32 lower-case hexadecimal digits
   */
  SentryEvent event(String id, Date timestamp) {
    SentryEvent event = new SentryEvent(timestamp);
    event.setEventId(new SentryId(id));
    event.setPlatform("java");
    event.setSdk(sdk);
    return event;
  }

  /** The whole envelope of an event, without the time of sending and without a DSN. */
  Envelope write(SentryEvent event) {
    try {
      SentryEnvelope envelope = SentryEnvelope.from(serializer, event, sdk);
      int eventBytes = envelope.getItems().iterator().next().getData().length;
      ByteArrayOutputStream out = new ByteArrayOutputStream(eventBytes + 512);
      serializer.serialize(envelope, out);
      return new Envelope(Bytes.copyOf(out.toByteArray()), eventBytes <= MOST_EVENT_BYTES);
    } catch (Exception e) {
      throw new IllegalStateException("an event of plain values is always written", e);
    }
  }

  /**
   * What goes to Sentry.
   *
   * @param body from the header to the last line
   * @param fits whether Sentry takes an event of this size
   */
  record Envelope(Bytes body, boolean fits) {}
}
