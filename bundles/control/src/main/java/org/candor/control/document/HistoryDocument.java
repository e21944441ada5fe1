package org.candor.control.document;

import java.util.List;
import org.candor.control.History;

/** How things went over the last two weeks. */
public record HistoryDocument(
    List<History.HealthPoint> health, List<History.DeliveryPoint> deliveries) {}
