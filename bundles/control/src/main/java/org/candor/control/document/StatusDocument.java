package org.candor.control.document;

import java.util.List;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.control.Announced;
import org.candor.control.ChannelStatus;
import org.candor.control.ClusterStatus;
import org.candor.control.NewFields;
import org.candor.control.SourceStatus;

/** Everything at a glance. */
public record StatusDocument(
    List<ChannelStatus> channels,
    List<SourceStatus> sources,
    ClusterStatus cluster,
    List<NewFields> newFields,
    List<Announced> announced,
    List<ConfigurationProblem> problems) {}
