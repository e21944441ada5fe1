package org.candor.core.reporting;

import java.util.List;
import org.candor.api.report.Message;
import org.candor.core.collect.Snapshot;

/** A report's messages and what it was made from. */
public record MadeReport(Snapshot snapshot, List<Message> messages) {}
