package org.candor.format.sentry;

import io.sentry.JsonSerializable;
import io.sentry.JsonSerializer;
import io.sentry.SentryEnvelopeHeader;
import io.sentry.SentryEnvelopeItemHeader;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryOptions;
import io.sentry.protocol.SdkVersion;
import io.sentry.protocol.SentryId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.candor.api.Bytes;
import org.candor.api.text.PlainText;

/**
 * Makes events and envelopes with sentry-java, and nothing but them: its options are the empty
 * ones, so that it starts no thread, looks for no configuration and adds nothing to an event.
 */
final class Envelopes {

  /** Sentry's limit for an event. */
  static final int MOST_EVENT_BYTES = 1 << 20;

  static final String SDK_NAME = io.sentry.BuildConfig.SENTRY_JAVA_SDK_NAME;
  static final String SDK_VERSION = io.sentry.BuildConfig.VERSION_NAME;

  private static final int HEADERS = 256;

  // The library sets up about a hundred classes: with the first event, not while Karaf boots.
  private static final class Library {
    static final JsonSerializer SERIALIZER = new JsonSerializer(SentryOptions.empty());
    static final SdkVersion SDK = new SdkVersion(SDK_NAME, SDK_VERSION);
  }

  /**
   * An event with what the protocol wants of each.
   *
   * @param id 32 lower-case hexadecimal digits
   */
  SentryEvent event(String id, Date timestamp) {
    SentryEvent event = new SentryEvent(timestamp);
    event.setEventId(new SentryId(id));
    event.setPlatform("java");
    event.setSdk(Library.SDK);
    return event;
  }

  /** The whole envelope of an event, without the time of sending and without a DSN. */
  Envelope write(SentryEvent event) {
    byte[] json = json(event);
    SentryEnvelopeItemHeader item =
        new SentryEnvelopeItemHeader(
            SentryItemType.Event, json.length, "application/json", null, null, null, null);
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + HEADERS);
    out.writeBytes(json(new SentryEnvelopeHeader(event.getEventId(), Library.SDK)));
    out.write('\n');
    out.writeBytes(json(item));
    out.write('\n');
    out.writeBytes(json);
    out.write('\n');
    return new Envelope(Bytes.copyOf(out.toByteArray()), json.length <= MOST_EVENT_BYTES);
  }

  // Through a text that is encoded at once: the SDK's own way to an envelope's bytes copies them
  // through small buffers twice.
  private byte[] json(JsonSerializable part) {
    try {
      TextWriter text = new TextWriter();
      Library.SERIALIZER.serialize(part, text);
      // Through UTF-8, in which half a pair of surrogates is a question mark.
      String whole =
          new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      return PlainText.escaped(whole).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does no I/O", e);
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
