/** Sends envelopes to a Sentry compatible endpoint. */
package org.candor.sink.sentry;
