package org.candor.api.web;

import java.time.Instant;

/**
 * Something that somebody did in a product's web page. Whoever makes one has checked its parts:
 * they hold no control characters, and are no longer than what {@code POST /v1/events} allows.
 *
 * @param id made once, where it happened; the same whenever it is sent again
 * @param action what was done
 * @param at when
 * @param product which product's page, by the name that the owner gave it
 * @param version of that page; empty when it does not tell
 * @param user who, as the product knows them; empty when nobody is logged in. It leaves as a
 *     pseudonym unless the owner opts in
 * @param visitor a random id of the browser, which stands for nobody; empty when it gives none
 * @param path the route of a page with its parameters templated, such as {@code
 *     /services/detail/[id]}, or {@code /unknown}; empty for what is no page
 */
public record WebEvent(
    String id,
    WebEventAction action,
    Instant at,
    String product,
    String version,
    String user,
    String visitor,
    String path) {}
