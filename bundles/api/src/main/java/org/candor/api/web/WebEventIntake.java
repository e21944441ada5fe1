package org.candor.api.web;

import java.io.IOException;
import java.util.List;
import org.candor.api.ChannelState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes events for the channels that report {@code ui}; a service of core. Safe for several
 * threads, whose events go to disk together.
 */
@ProviderType
public interface WebEventIntake {

  /**
   * Takes events. Those that count are on disk when this returns, each once however often it is
   * offered within a while. While usage is forbidden, or no channel is there for them, they are
   * dropped, which is no error: whoever offers them need not offer them again.
   *
   * @throws IOException when they cannot be kept; offer them again later
   */
  Taken take(List<WebEvent> events) throws IOException;

  /**
   * What became of events.
   *
   * @param taken how many are on disk now
   * @param repeated how many had been taken before
   * @param state of the channel; {@link ChannelState#OFF} and {@link ChannelState#UNCONFIGURED}
   *     tell why none was taken
   */
  record Taken(int taken, int repeated, ChannelState state) {}
}
