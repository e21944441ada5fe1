package org.candor.control.document;

import org.candor.api.Bytes;

/**
 * A payload as it left.
 *
 * @param id the payload's
 * @param bytes its size before any encoding
 * @param encoding of {@code body}, as in {@link Body}
 * @param body what left
 */
public record SentPayloadDocument(String id, long bytes, String encoding, String body) {

  public static SentPayloadDocument of(String id, Bytes payload) {
    Body body = Body.of(payload);
    return new SentPayloadDocument(id, payload.size(), body.encoding(), body.text());
  }
}
