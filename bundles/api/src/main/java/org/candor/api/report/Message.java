package org.candor.api.report;

import org.candor.api.Bytes;

/**
 * What a formatter hands on: one message of a known format under an identity of its own.
 *
 * @param id made once and kept through every retry; also stands in the body where the format has a
 *     place for it
 * @param name what the message is, for people, such as {@code health}
 * @param mediaType of the body; decides which sinks take it
 * @param body the message itself
 */
public record Message(String id, String name, String mediaType, Bytes body) {}
