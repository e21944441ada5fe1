package org.candor.format.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTest {

  @Test
  void afterTooManyThereIsSilence() {
    List<String> log = new ArrayList<>();
    Notices notices = new Notices(log::add, log::add);
    for (int i = 0; i < 2 * Notices.MOST; i++) {
      notices.sharedKey("a." + i, "a-" + i);
    }
    assertThat(log).hasSize(Notices.MOST + 1);
    assertThat(log.get(Notices.MOST)).contains("not logged");
  }
}
