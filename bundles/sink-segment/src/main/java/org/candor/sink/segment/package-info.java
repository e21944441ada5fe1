/** Carries Segment messages to Segment's tracking API, or to whatever else speaks it. */
package org.candor.sink.segment;
