package org.candor.api.document;

import java.util.List;
import org.candor.api.control.Announced;
import org.candor.api.control.ChannelStatus;
import org.candor.api.control.ClusterStatus;
import org.candor.api.control.NewFields;
import org.candor.api.control.SourceStatus;
import org.candor.api.settings.ConfigurationProblem;

/** Everything at a glance. */
public record StatusDocument(
    List<ChannelStatus> channels,
    List<SourceStatus> sources,
    ClusterStatus cluster,
    List<NewFields> newFields,
    List<Announced> announced,
    List<ConfigurationProblem> problems) {}
