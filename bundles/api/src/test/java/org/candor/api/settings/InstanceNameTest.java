package org.candor.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceNameTest {

  @ParameterizedTest
  @CsvSource({
    "file:/k/etc/org.candor.channel-segment.cfg,org.candor.channel.1234,segment",
    "file:/k/etc/org.candor.channel-segment-ui.cfg,org.candor.channel~x,segment-ui",
    "file:/k/etc/org.candor.channel-data.plane-1.cfg,org.candor.channel~x,data.plane-1",
    ",org.candor.channel~sentry-crash,sentry-crash",
    ",org.candor.channel.0a1b,0a1b"
  })
  void isTheFilesOrElseTheInstances(String file, String pid, String name) {
    Map<String, Object> properties = new HashMap<>(Map.of("service.pid", pid));
    if (file != null) {
      properties.put("felix.fileinstall.filename", file);
    }
    assertThat(InstanceName.of("org.candor.channel", properties)).hasToString(name);
  }
}
