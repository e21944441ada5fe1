package org.candor.core.web;

/**
 * A channel's web events: where they come in, what makes them leave, and the timer that wakes the
 * channel for them.
 */
public record WebEvents(WebEventReceiver receiver, WebEventTrigger trigger, WakeUpTimer timer) {}
