package org.candor.api.report;

import org.candor.api.source.FailureReason;

/** A source whose facts a report lacks, and why. */
public record Gap(String source, FailureReason reason) {}
