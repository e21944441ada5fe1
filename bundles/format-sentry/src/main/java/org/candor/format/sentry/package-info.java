/** Turns facts into Sentry envelopes: the daily report and crashes. */
package org.candor.format.sentry;
