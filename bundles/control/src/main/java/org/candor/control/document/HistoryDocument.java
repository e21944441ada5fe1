package org.candor.api.document;

import java.util.List;
import org.candor.api.control.History;

/** How things went over the last two weeks. */
public record HistoryDocument(
    List<History.HealthPoint> health, List<History.DeliveryPoint> deliveries) {}
