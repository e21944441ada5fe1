package org.candor.rest.product;

import java.util.List;

/**
 * What one request brings.
 *
 * @param key of the product; empty when the body names none
 * @param events one at least
 */
record SentEvents(String key, List<SentEvent> events) {}
