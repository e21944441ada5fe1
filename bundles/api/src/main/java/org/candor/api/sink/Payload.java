package org.candor.api.sink;

import org.candor.api.Bytes;

/**
 * What goes over the wire in one attempt, before compression and encryption.
 *
 * @param id the same for the same messages, however often they are encoded
 * @param mediaType of the body
 * @param body the bytes
 */
public record Payload(String id, String mediaType, Bytes body) {}
