package org.candor.control;

import java.util.List;
import org.candor.api.report.Gap;
import org.candor.api.sink.Payload;

/**
 * What would leave now.
 *
 * @param channel whose it is
 * @param payloads in the order of sending; empty when there is nothing to say
 * @param gaps sources whose facts are missing
 * @param note what the reader should know, such as that no sink is installed; empty when nothing
 */
public record Preview(String channel, List<Payload> payloads, List<Gap> gaps, String note) {}
