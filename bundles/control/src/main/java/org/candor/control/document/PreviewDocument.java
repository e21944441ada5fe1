package org.candor.control.document;

import java.util.List;
import org.candor.api.report.Gap;
import org.candor.api.sink.Payload;
import org.candor.control.Preview;

/**
 * A {@link Preview} with bodies that JSON can hold.
 *
 * @param channel whose it is
 * @param payloads in the order of sending
 * @param gaps sources whose facts are missing
 * @param note what the reader should know
 */
public record PreviewDocument(
    String channel, List<PayloadDocument> payloads, List<Gap> gaps, String note) {

  public static PreviewDocument of(Preview preview) {
    return new PreviewDocument(
        preview.channel(),
        preview.payloads().stream().map(PayloadDocument::of).toList(),
        preview.gaps(),
        preview.note());
  }

  /** One payload; {@code bytes} is the body's size before any encoding. */
  public record PayloadDocument(
      String id, String mediaType, long bytes, String encoding, String body) {

    private static PayloadDocument of(Payload payload) {
      Body body = Body.of(payload.body());
      return new PayloadDocument(
          payload.id(), payload.mediaType(), payload.body().size(), body.encoding(), body.text());
    }
  }
}
