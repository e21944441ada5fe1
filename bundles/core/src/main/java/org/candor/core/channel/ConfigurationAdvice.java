package org.candor.core.channel;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.candor.api.settings.ConfigurationProblem;
import org.candor.control.ChannelStatus;
import org.candor.core.plugin.ChannelSettings;

/**
 * What is wrong in the files that concern a channel: its own, those of its sink and its formatter,
 * and that of HTTP.
 *
 * @param advice in sentences; empty when all is well
 */
record ConfigurationAdvice(String advice) {

  static ConfigurationAdvice of(
      String channel, Optional<ChannelSettings> settings, List<ConfigurationProblem> problems) {
    Set<String> files = new TreeSet<>();
    files.add(file("channel-" + channel));
    files.add(file("http"));
    settings.ifPresent(
        now -> {
          files.add(file("sink." + now.sink()));
          files.add(file("format." + now.formatter()));
        });
    return new ConfigurationAdvice(
        problems.stream()
            .filter(problem -> files.contains(problem.file()))
            .map(ConfigurationProblem::toString)
            .collect(Collectors.joining(" ")));
  }

  private static String file(String name) {
    return "etc/org.candor." + name + ".cfg";
  }

  /** The channel's status with it. */
  ChannelStatus to(ChannelStatus status) {
    return advice.isEmpty() ? status : status.advising(advice);
  }
}
